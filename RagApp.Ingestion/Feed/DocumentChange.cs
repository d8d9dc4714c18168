using RagApp.Contracts.Documents;
using RagApp.Contracts.Identity;
using RagApp.Ingestion.Documents;
using RagApp.Storage.Access;
using RagApp.Storage.Documents.Manifests;

namespace RagApp.Ingestion.Feed;

/// <summary>
/// A changed document with its current manifest. Each follower is told what its rights allow: the new state, that the
/// document is gone (only those who could read it before), or nothing.
/// </summary>
/// <param name="manifest">The current manifest; null when the document no longer exists.</param>
/// <param name="info">The document in the form that readers see.</param>
/// <param name="formerReaders">The access list before a change that removed readers.</param>
internal sealed class DocumentChange(
    string tenant, string documentId, DocumentManifest? manifest, DocumentInfo? info, IReadOnlyCollection<string> formerReaders)
{
    private readonly Lazy<FeedEvent> _changed = new(() => FeedEvent.Changed(info!));

    public string DocumentId => documentId;

    public FeedEvent? For(Principal follower)
    {
        if (manifest is not null && DocumentRights.MaySee(follower, manifest))
            return _changed.Value;
        return AccessFilter.For(follower).Allows(tenant, formerReaders) || (manifest is not null && DocumentRights.IsUploader(follower, manifest))
            ? FeedEvent.Removed(documentId)
            : null;
    }
}
