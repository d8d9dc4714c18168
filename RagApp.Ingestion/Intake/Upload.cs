using RagApp.Storage.Documents;
using RagApp.Storage.Documents.Manifests;
using RagApp.Storage.Documents.Originals;

namespace RagApp.Ingestion.Intake;

/// <summary>A complete and well-formed upload.</summary>
/// <param name="Access">The access entries that may read the document; empty when the sender gave none.</param>
/// <param name="Source">Name of the system the document comes from; null when the sender gave none.</param>
/// <param name="Tags">The tags; empty when the sender gave none.</param>
internal sealed record Upload(
    string Path, IReadOnlyList<string> Access, string? Source, IReadOnlyList<string> Tags, JobPriority Priority, StoredOriginal Original)
{
    /// <summary>
    /// Returns true when the upload may be accepted with the given document, or none, at its path; null when it is always
    /// accepted.
    /// </summary>
    public Func<DocumentManifest?, bool>? Premise { get; init; }
}
