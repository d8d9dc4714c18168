using RagApp.Contracts.Documents;
using RagApp.Contracts.Identity;
using RagApp.Ingestion.Dlp;
using RagApp.Ingestion.Processing;
using RagApp.Storage.Access;
using RagApp.Storage.Blobs;
using RagApp.Storage.Documents;

namespace RagApp.Ingestion.Intake;

/// <summary>What a principal may see. A document that it may not read is the same as one that does not exist.</summary>
internal sealed class DocumentLibrary(
    IDocumentStore store, DocumentRemoval removal, DocumentAccess documentAccess, DocumentTagging tagging, InheritedAccess inherited, OriginalAccess originals, DocumentView view, DamageReport damage)
{
    public async Task<DocumentManifest?> FindAsync(Principal principal, string id, CancellationToken cancellationToken) =>
        await store.FindAsync(principal.Tenant, id, cancellationToken) is { Manifest: var manifest }
        && MayRead(principal, await inherited.ResolveAsync(manifest, cancellationToken))
            ? manifest
            : null;

    /// <summary>The documents at some paths, in the order asked; null where there is none for this principal.</summary>
    public async Task<IReadOnlyList<DocumentInfo?>> LookUpAsync(Principal principal, IReadOnlyList<string> paths, CancellationToken cancellationToken)
    {
        var found = new DocumentInfo?[paths.Count];
        await Parallel.ForAsync(0, paths.Count, cancellationToken, async (at, cancelled) =>
        {
            try
            {
                if (DocumentPath.TryNormalize(paths[at], out var path, out _)
                    && await FindAsync(principal, DocumentIds.For(principal.Tenant, path), cancelled) is { } manifest)
                    found[at] = await view.OfAsync(manifest, cancelled);
            }
            catch (CorruptBlobException exception)
            {
                damage.Add(exception); // of the others nothing is known to be wrong
            }
        });
        return found;
    }

    /// <summary>The passages of the version that answers; null when there is none, or no right to it.</summary>
    public async Task<DocumentText?> ReadTextAsync(Principal principal, string id, CancellationToken cancellationToken)
    {
        if (await FindAsync(principal, id, cancellationToken) is not { Searchable: { } version } manifest
            || await store.ReadContentAsync(manifest.Tenant, manifest.Id, version.Number, cancellationToken) is not { } content)
            return null;
        return new DocumentText(manifest.Id, version.Number, content.Title, manifest.Path, content.Passages);
    }

    /// <summary>The newest original; the caller disposes the stream.</summary>
    /// <exception cref="IntakeException">403: only its uploader may have it. 410: it was not kept.</exception>
    public async Task<(DocumentManifest Manifest, Stream Content)?> OpenOriginalAsync(Principal principal, string id, CancellationToken cancellationToken)
    {
        if (await FindAsync(principal, id, cancellationToken) is not { } manifest)
            return null;
        if (manifest.Latest.OriginalRemoved)
            throw new IntakeException(StatusCodes.Status410Gone, "The file was not kept. The document's reason says why.");
        if (!string.Equals(manifest.UploadedBy, principal.Subject, StringComparison.Ordinal)
            && await originals.WhyWithheldAsync(manifest, cancellationToken) is { } why)
            throw new IntakeException(StatusCodes.Status403Forbidden, why);
        if (await store.OpenOriginalAsync(manifest.Tenant, manifest.Latest.OriginalId, cancellationToken) is not { } content)
            return null;
        return (manifest, content);
    }

    /// <summary>False when there is no such document for this principal.</summary>
    /// <exception cref="IntakeException">403: it is somebody else's. 409: it came out of another document.</exception>
    public async Task<bool> DeleteAsync(Principal principal, string id, CancellationToken cancellationToken)
    {
        if (await FindOwnAsync(principal, id, "delete it", cancellationToken) is not { } manifest)
            return false;
        if (await removal.MarkAsync(principal, manifest, cancellationToken) is { } marked)
            await removal.FinishAsync(marked, CancellationToken.None); // once marked, a sender who hangs up stops nothing
        return true;
    }

    /// <summary>Null when there is no such document for this principal.</summary>
    /// <exception cref="IntakeException">400: the list is wrong. 403: the document is somebody else's. 409: it came out of another one.</exception>
    public async Task<DocumentManifest?> SetAccessAsync(Principal principal, string id, AccessChange change, CancellationToken cancellationToken)
    {
        if (change.Access is not { Count: > 0 })
            throw new IntakeException(StatusCodes.Status400BadRequest, "'access' names nobody: give at least one entry. To take a document away from everybody, delete it.");
        foreach (var entry in change.Access)
        {
            if (!AccessEntry.IsValid(entry, out var problem))
                throw new IntakeException(StatusCodes.Status400BadRequest, problem);
        }
        return await FindOwnAsync(principal, id, "change who may read it", cancellationToken) is { } manifest
            ? await documentAccess.ChangeAsync(principal, manifest, [.. change.Access.Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal)], cancellationToken)
            : null;
    }

    /// <summary>Null when there is no such document for this principal.</summary>
    /// <exception cref="IntakeException">400: a tag is wrong. 403: the document is somebody else's. 409: it came out of another one.</exception>
    public async Task<DocumentManifest?> SetTagsAsync(Principal principal, string id, TagsChange change, CancellationToken cancellationToken)
    {
        if (change.Tags is null)
            throw new IntakeException(StatusCodes.Status400BadRequest, "'tags' is missing: give the tags, or an empty list for none.");
        var tags = GivenTags.Check(change.Tags);
        return await FindOwnAsync(principal, id, "change its tags", cancellationToken) is { } manifest
            ? await tagging.ChangeAsync(principal, manifest, tags, cancellationToken)
            : null;
    }

    /// <summary>The document, if it is the principal's own; null when there is none that it may know of.</summary>
    private async Task<DocumentManifest?> FindOwnAsync(Principal principal, string id, string purpose, CancellationToken cancellationToken)
    {
        if (await store.FindAsync(principal.Tenant, id, cancellationToken) is not { Manifest: var manifest })
            return null;
        if (string.Equals(manifest.UploadedBy, principal.Subject, StringComparison.Ordinal))
        {
            return manifest.Origin is null
                ? manifest
                : throw await InsideAnother.RefuseAsync(store, manifest, $"To {purpose}, do so with that", cancellationToken);
        }
        return MayRead(principal, manifest)
            ? throw new IntakeException(StatusCodes.Status403Forbidden, $"Only the person who uploaded a document can {purpose}.")
            : null;
    }

    private static bool MayRead(Principal principal, DocumentManifest manifest) =>
        !manifest.Deleted && AccessFilter.For(principal).Allows(manifest.Tenant, manifest.Access);
}
