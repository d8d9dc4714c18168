namespace RagApp.Ingestion.Processing.Children;

/// <summary>The result of extracting the files inside a document.</summary>
/// <param name="Count">The number of documents inside it now.</param>
/// <param name="Warnings">Warnings about files left out, without those from reading the text.</param>
/// <param name="Refusal">The reason for which some files were not extracted; null when all were.</param>
internal sealed record ExtractedChildren(int Count, IReadOnlyList<string> Warnings, string? Refusal)
{
    public static readonly ExtractedChildren None = new(0, [], null);

    /// <summary>All warnings for readers of the document, the most important first.</summary>
    public IReadOnlyList<string> WarningsWith(IReadOnlyList<string> ofText) =>
        Refusal is null ? [.. ofText, .. Warnings] : [Refusal, .. ofText, .. Warnings];
}
