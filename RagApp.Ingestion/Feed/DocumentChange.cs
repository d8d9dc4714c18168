using RagApp.Contracts.Documents;
using RagApp.Contracts.Identity;
using RagApp.Ingestion.Intake;
using RagApp.Storage.Access;
using RagApp.Storage.Documents;

namespace RagApp.Ingestion.Feed;

/// <summary>
/// A changed document with its manifest as it is now. Each follower is told what its own rights allow: the new
/// state, that it is gone (only those who could read it before), or nothing.
/// </summary>
/// <param name="manifest">Null when the document is gone for good.</param>
/// <param name="info">The manifest as its readers see it.</param>
/// <param name="formerReaders">The access list before a change that took readers away.</param>
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
