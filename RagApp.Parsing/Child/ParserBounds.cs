namespace RagApp.Parsing.Child;

/// <summary>
/// Limits on reading a document, by format. A parser starts with the usual limits, and gets the limits of the format as
/// soon as the format is detected.
/// </summary>
/// <param name="ByFormat">Limits of formats with limits of their own, by short name of the format.</param>
internal sealed record ParserBounds(ParserLimits Usual, IReadOnlyDictionary<string, ParserLimits> ByFormat)
{
    /// <summary>For each limit, the largest value of any format.</summary>
    public ParserLimits Largest => ByFormat.Values.Aggregate(Usual, (largest, limits) => largest.MaxWith(limits));

    public ParserLimits For(string contentType) =>
        FormatRegistry.Shipped.Find(contentType) is { } format && ByFormat.TryGetValue(format.Name, out var limits) ? limits : Usual;

    public ParserBounds WithWallTime(TimeSpan wallTime) => new(
        Usual with { WallTime = wallTime },
        ByFormat.ToDictionary(pair => pair.Key, pair => pair.Value with { WallTime = wallTime }, StringComparer.Ordinal));
}
