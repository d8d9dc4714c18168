namespace RagApp.Contracts.Documents;

/// <summary>Body of <c>POST /documents/lookup</c>.</summary>
/// <param name="Paths">Paths of documents, 1 to 1,000, as an upload would give them.</param>
public sealed record DocumentLookup(IReadOnlyList<string> Paths)
{
    /// <summary>Most paths in one request.</summary>
    public const int MaxPaths = 1_000;
}

/// <summary>Answer of <c>POST /documents/lookup</c>.</summary>
/// <param name="Documents">One entry for each path, in the order asked; null where there is no document that the caller may read.</param>
public sealed record FoundDocuments(IReadOnlyList<DocumentInfo?> Documents);
