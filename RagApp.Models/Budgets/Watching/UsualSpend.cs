namespace RagApp.Models.Budgets.Watching;

/// <summary>The usual spend of an hour: the median of the same hours of the seven days before.</summary>
internal static class UsualSpend
{
    private const int Days = 7;

    /// <summary>Time that the hours to compare with lie back, at most.</summary>
    public static readonly TimeSpan Looked = TimeSpan.FromDays(Days) + TimeSpan.FromHours(1);

    public static DateTimeOffset HourOf(DateTimeOffset at) => new(at.UtcDateTime.Ticks - (at.UtcDateTime.Ticks % TimeSpan.TicksPerHour), TimeSpan.Zero);

    public static IEnumerable<DateTimeOffset> SameHoursBefore(DateTimeOffset hour) => Enumerable.Range(1, Days).Select(days => hour.AddDays(-days));

    public static long Median(IEnumerable<long> spent) => spent.Order().ElementAt(Days / 2);
}
