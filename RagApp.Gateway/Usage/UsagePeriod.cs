using RagApp.Contracts.Http;

namespace RagApp.Gateway.Usage;

/// <summary>The days of a report, UTC.</summary>
/// <param name="From">First day.</param>
/// <param name="To">Last day.</param>
internal sealed record UsagePeriod(DateOnly From, DateOnly To)
{
    private const int MostDays = 366;

    public DateTimeOffset Start => new(From.ToDateTime(TimeOnly.MinValue), TimeSpan.Zero);

    public DateTimeOffset End => new(To.AddDays(1).ToDateTime(TimeOnly.MinValue), TimeSpan.Zero);

    /// <summary>The days asked for; without a last day until today, without a first day from the beginning of the last day's month.</summary>
    /// <exception cref="ProblemException">The days are in the wrong order, or too many.</exception>
    public static UsagePeriod Of(DateOnly? from, DateOnly? to, TimeProvider time)
    {
        var last = to ?? DateOnly.FromDateTime(time.GetUtcNow().UtcDateTime);
        var first = from ?? new DateOnly(last.Year, last.Month, 1);
        if (first > last)
            throw ProblemException.BadRequest($"'from' ({first:yyyy-MM-dd}) is after 'to' ({last:yyyy-MM-dd}).");
        if (last == DateOnly.MaxValue || last.DayNumber - first.DayNumber >= MostDays)
            throw ProblemException.BadRequest($"A report covers at most {MostDays} days: ask for a shorter time.");
        return new UsagePeriod(first, last);
    }
}
