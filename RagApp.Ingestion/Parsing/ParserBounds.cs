using System.Globalization;

namespace RagApp.Ingestion.Parsing;

/// <summary>
/// What documents may cost to read, by format. A parser starts under the usual limits, since nobody knows what a
/// file is before it is opened, and gets its format's own as soon as that is seen.
/// </summary>
/// <param name="ByFormat">Limits of the formats that have their own, by the format's short name.</param>
internal sealed record ParserBounds(ParserLimits Usual, IReadOnlyDictionary<string, ParserLimits> ByFormat)
{
    /// <summary>What no document exceeds, whatever it is.</summary>
    public ParserLimits Largest => ByFormat.Values.Aggregate(Usual, (largest, limits) => largest.Or(limits));

    public ParserLimits For(string contentType) =>
        FormatNames.Of(contentType) is { } format && ByFormat.TryGetValue(format, out var limits) ? limits : Usual;

    public ParserBounds WithWallTime(TimeSpan wallTime) => new(
        Usual with { WallTime = wallTime },
        ByFormat.ToDictionary(pair => pair.Key, pair => pair.Value with { WallTime = wallTime }, StringComparer.Ordinal));

    /// <summary>As the command line of <c>parse</c> has them.</summary>
    public IEnumerable<string> ToArguments() =>
        ByFormat.Select(pair => $"{pair.Key}:{Text(pair.Value)}").Prepend(Text(Usual)).SelectMany(text => (string[])["--limits", text]);

    private static string Text(ParserLimits limits) => string.Create(
        CultureInfo.InvariantCulture, $"memory={limits.MemoryMiB},cpu={limits.CpuSeconds},wall={limits.WallTime.TotalSeconds:0}");
}
