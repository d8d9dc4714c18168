namespace RagApp.Contracts.Documents;

/// <summary>Body of <c>POST /documents/lookup</c>.</summary>
/// <param name="Paths">Paths of documents, 1 to 1,000, written as in an upload.</param>
public sealed record DocumentLookup(IReadOnlyList<string> Paths)
{
    /// <summary>Largest number of paths in one request.</summary>
    public const int MaxPaths = 1_000;
}

/// <summary>Answer of <c>POST /documents/lookup</c>.</summary>
/// <param name="Documents">One entry for each path, in the order asked; null where the caller can read no document.</param>
public sealed record FoundDocuments(IReadOnlyList<DocumentInfo?> Documents);
