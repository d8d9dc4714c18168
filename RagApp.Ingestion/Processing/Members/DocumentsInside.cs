using RagApp.Storage.Documents;

namespace RagApp.Ingestion.Processing.Members;

/// <summary>The documents of one upload that were found, in no order.</summary>
/// <param name="Own">The upload itself and what came out of it.</param>
/// <param name="Damaged">Ids of those whose manifest cannot be read: nobody knows whose they are, and nobody shall find them.</param>
internal sealed record DocumentsInside(IReadOnlyCollection<DocumentManifest> Own, IReadOnlyCollection<string> Damaged);
