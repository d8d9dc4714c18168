using RagApp.Contracts.Http;
using RagApp.Contracts.Usage;

namespace RagApp.Gateway.Usage;

/// <summary>The values by which usage is summed up.</summary>
internal sealed record UsageGrouping(bool Day, bool Model, bool Feature, bool Key)
{
    private static readonly string[] Known = ["day", "model", "feature", "key"];

    private static readonly UsageTotal Nothing = new(0, 0, 0, 0);

    /// <summary>Reads a list such as <c>day,model</c>; without a list, all values.</summary>
    /// <exception cref="ProblemException">The list has another value.</exception>
    public static UsageGrouping Parse(string? by)
    {
        var names = by?.Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries) ?? Known;
        if (names.FirstOrDefault(name => !Known.Contains(name)) is { } unknown)
            throw ProblemException.BadRequest($"'by' has '{unknown}'; it takes day, model, feature and key, separated by commas.");
        return new UsageGrouping(names.Contains("day"), names.Contains("model"), names.Contains("feature"), names.Contains("key"));
    }

    public UsageLine LineOf(UsageRecord record) => new(
        Day ? DateOnly.FromDateTime(record.At.UtcDateTime) : null,
        Model ? record.Model : null,
        Feature ? record.Feature : null,
        Key ? record.KeyId ?? "" : null,
        Nothing);
}
