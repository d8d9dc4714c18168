namespace RagApp.Ingestion.Processing.Members;

/// <summary>What came of the files inside a document.</summary>
/// <param name="Count">Documents that are in it now.</param>
/// <param name="Warnings">What was left out, beyond what reading the text said.</param>
/// <param name="Refusal">Why not all were taken; null when they were.</param>
internal sealed record MembersTaken(int Count, IReadOnlyList<string> Warnings, string? Refusal)
{
    public static readonly MembersTaken None = new(0, [], null);

    /// <summary>All that the reader of the document should know, the most important first.</summary>
    public IReadOnlyList<string> WarningsWith(IReadOnlyList<string> ofText) =>
        Refusal is null ? [.. ofText, .. Warnings] : [Refusal, .. ofText, .. Warnings];
}
