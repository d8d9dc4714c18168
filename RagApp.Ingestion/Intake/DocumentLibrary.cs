using RagApp.Contracts.Documents;
using RagApp.Contracts.Http;
using RagApp.Contracts.Identity;
using RagApp.Ingestion.Dlp;
using RagApp.Ingestion.Processing;
using RagApp.Storage.Blobs;
using RagApp.Storage.Documents;

namespace RagApp.Ingestion.Intake;

/// <summary>What a principal may see. A document that it may not read is the same as one that does not exist.</summary>
internal sealed class DocumentLibrary(
    IDocumentStore store, DocumentRemoval removal, DocumentAccess documentAccess, DocumentTagging tagging, InheritedAccess inherited, OriginalAccess originals,
    DocumentView view, ContentScreener screener, DamageReport damage)
{
    private const string WithoutCaller =
        "With this list you could not read the document yourself any more. Put yourself or a group of yours on it, or send 'withoutMe': true if that is meant: the document stays in your list, and you can change who may read it again.";

    /// <summary>The document under the access list that counts, for somebody who may read it.</summary>
    public async Task<DocumentManifest?> FindAsync(Principal principal, string id, CancellationToken cancellationToken) =>
        await FindAnyAsync(principal, id, cancellationToken) is { } manifest && DocumentRights.MayRead(principal, manifest) ? manifest : null;

    /// <summary>The same for somebody who may see that it is there.</summary>
    public async Task<DocumentManifest?> FindRecordAsync(Principal principal, string id, CancellationToken cancellationToken) =>
        await FindAnyAsync(principal, id, cancellationToken) is { } manifest && DocumentRights.MaySee(principal, manifest) ? manifest : null;

    /// <summary>The documents at some paths, in the order asked; null where there is none for this principal.</summary>
    public async Task<IReadOnlyList<DocumentInfo?>> LookUpAsync(Principal principal, IReadOnlyList<string> paths, CancellationToken cancellationToken)
    {
        var found = new DocumentInfo?[paths.Count];
        await Parallel.ForAsync(0, paths.Count, cancellationToken, async (at, cancelled) =>
        {
            try
            {
                if (DocumentPath.TryNormalize(paths[at], out var path, out _)
                    && await FindRecordAsync(principal, DocumentIds.For(principal.Tenant, path), cancelled) is { } manifest)
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
            || await store.ReadContentAsync(manifest.IdOf(version), cancellationToken) is not { } content)
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
        if (!DocumentRights.IsUploader(principal, manifest)
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
    /// <exception cref="IntakeException">
    /// 400: the list is wrong. 403: the document is somebody else's. 409: it came out of another one, or the caller would
    /// not be able to read it any more and has not said that this is meant.
    /// </exception>
    public async Task<DocumentManifest?> SetAccessAsync(Principal principal, string id, AccessChange change, CancellationToken cancellationToken)
    {
        if (change.Access is not { Count: > 0 })
            throw new IntakeException(StatusCodes.Status400BadRequest, "'access' names nobody: give at least one entry. To take a document away from everybody, delete it.");
        var access = GivenAccess.Check(change.Access);
        if (await FindOwnAsync(principal, id, "change who may read it", cancellationToken) is not { } manifest)
            return null;
        if (!change.WithoutMe && !DocumentRights.MayRead(principal, manifest with { Access = access }))
            throw new IntakeException(StatusCodes.Status409Conflict, WithoutCaller) { Type = Problem.WithoutCaller };
        return await documentAccess.ChangeAsync(principal, manifest, access, cancellationToken);
    }

    /// <summary>Null when there is no such document for this principal.</summary>
    /// <exception cref="IntakeException">400: a tag is wrong, or holds what the tenant does not want anybody to read. 403: the document is somebody else's. 409: it came out of another one.</exception>
    public async Task<DocumentManifest?> SetTagsAsync(Principal principal, string id, TagsChange change, CancellationToken cancellationToken)
    {
        if (change.Tags is null)
            throw new IntakeException(StatusCodes.Status400BadRequest, "'tags' is missing: give the tags, or an empty list for none.");
        var tags = GivenTags.Check(change.Tags);
        if (screener.Forbidden(principal.Tenant, tags) is { Count: > 0 } kinds)
            throw new IntakeException(StatusCodes.Status400BadRequest, $"A tag holds what may not be in one here: {string.Join(", ", kinds).Replace('-', ' ')}. Leave it out.");
        return await FindOwnAsync(principal, id, "change its tags", cancellationToken) is { } manifest
            ? await tagging.ChangeAsync(principal, manifest, tags, cancellationToken)
            : null;
    }

    /// <summary>The document, if it is the principal's own; null when there is none that it may know of.</summary>
    private async Task<DocumentManifest?> FindOwnAsync(Principal principal, string id, string purpose, CancellationToken cancellationToken)
    {
        if (await FindAnyAsync(principal, id, cancellationToken) is not { } manifest)
            return null;
        if (DocumentRights.IsUploader(principal, manifest))
        {
            return manifest.Origin is null
                ? manifest
                : throw await InsideAnother.RefuseAsync(store, manifest, $"To {purpose}, do so with that", cancellationToken);
        }
        return DocumentRights.MayRead(principal, manifest)
            ? throw new IntakeException(StatusCodes.Status403Forbidden, $"Only the person who uploaded a document can {purpose}.")
            : null;
    }

    private async Task<DocumentManifest?> FindAnyAsync(Principal principal, string id, CancellationToken cancellationToken) =>
        await store.FindAsync(principal.Tenant, id, cancellationToken) is { Manifest: var manifest }
            ? await inherited.ResolveAsync(manifest, cancellationToken)
            : null;
}
