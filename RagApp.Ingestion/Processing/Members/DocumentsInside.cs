namespace RagApp.Ingestion.Processing.Members;

/// <summary>Ids of what is inside a document, in no order.</summary>
/// <param name="Own">Those that came out of it.</param>
/// <param name="Damaged">Those whose manifest cannot be read: nobody knows whose they are, and nobody shall find them.</param>
internal sealed record DocumentsInside(IReadOnlyList<string> Own, IReadOnlyList<string> Damaged);
