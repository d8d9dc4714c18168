namespace RagApp.Embedding.Batching;

/// <summary>Divides waiting texts among calls.</summary>
internal static class BatchPlan
{
    /// <summary>
    /// Divides the texts. Texts for different regions never share a call, since the call goes to one place; neither do texts of
    /// different input types, which some providers take with the call. Texts of a similar size share one: a server pads all texts of a
    /// call to the longest.
    /// </summary>
    public static IEnumerable<TextBatch> Of(IReadOnlyList<WaitingText> texts, BatchLimits limits) => texts
        .GroupBy(text => (text.Work.Caller.Region, text.Work.InputType))
        .SelectMany(group => Cut([.. group.OrderBy(text => text.Size)], limits));

    private static IEnumerable<TextBatch> Cut(WaitingText[] sorted, BatchLimits limits)
    {
        var (start, tokens) = (0, 0);
        for (var at = 0; at < sorted.Length; at++)
        {
            if (at > start && (at - start == limits.Texts || tokens + sorted[at].Size > limits.Tokens))
            {
                yield return new TextBatch(sorted[start..at]);
                (start, tokens) = (at, 0);
            }
            tokens += sorted[at].Size;
        }
        if (start < sorted.Length)
            yield return new TextBatch(sorted[start..]);
    }
}
