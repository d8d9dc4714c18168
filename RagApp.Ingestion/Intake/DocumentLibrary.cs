using System.Net;
using RagApp.Contracts.Documents;
using RagApp.Contracts.Http;
using RagApp.Contracts.Identity;
using RagApp.Ingestion.Dlp;
using RagApp.Ingestion.Documents;
using RagApp.Ingestion.Processing.Changes;
using RagApp.Ingestion.Processing.Screening;
using RagApp.Storage.Blobs;
using RagApp.Storage.Documents;
using RagApp.Storage.Documents.Contents;
using RagApp.Storage.Documents.Manifests;
using RagApp.Storage.Documents.Originals;

namespace RagApp.Ingestion.Intake;

/// <summary>
/// Reads, changes and deletes the documents of a principal. A document that the principal may not see is treated as one that
/// does not exist.
/// </summary>
internal sealed class DocumentLibrary(
    IManifestStore documents, IOriginalStore originals, IContentStore contents, DocumentRemoval removal, AccessChanges accessChanges, TagChanges tagChanges,
    InheritedAccess inherited, OriginalAccess originalAccess, DocumentView view, ContentScreener screener, DamageReport damage)
{
    private const string WithoutCaller =
        "With this list you could not read the document yourself any more. Put yourself or a group of yours on it, or send 'withoutMe': true if that is meant: the document stays in your list, and you can change who may read it again.";

    /// <summary>The document with its effective access list; null when the principal may not read it.</summary>
    public async Task<DocumentManifest?> FindAsync(Principal principal, string id, CancellationToken cancellationToken) =>
        await FindAnyAsync(principal, id, cancellationToken) is { } manifest && DocumentRights.MayRead(principal, manifest) ? manifest : null;

    /// <summary>The document with its effective access list; null when the principal may not see that it exists.</summary>
    public async Task<DocumentManifest?> FindRecordAsync(Principal principal, string id, CancellationToken cancellationToken) =>
        await FindAnyAsync(principal, id, cancellationToken) is { } manifest && DocumentRights.MaySee(principal, manifest) ? manifest : null;

    /// <summary>The documents at the given paths, in that order; null for each path without a document that the principal may see.</summary>
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
                damage.Add(exception); // a damaged manifest does not affect the other documents
            }
        });
        return found;
    }

    /// <summary>The passages of the searchable version; null when there is none or the principal may not read it.</summary>
    public async Task<DocumentText?> ReadTextAsync(Principal principal, string id, CancellationToken cancellationToken)
    {
        if (await FindAsync(principal, id, cancellationToken) is not { Searchable: { } version } manifest
            || await contents.ReadAsync(manifest.IdOf(version), cancellationToken) is not { } content)
            return null;
        return new DocumentText(manifest.Id, version.Number, content.Title, manifest.Path, content.Passages);
    }

    /// <summary>Opens the newest original; the caller disposes of the stream.</summary>
    /// <exception cref="ProblemException">403: only the uploader may download the file. 410: the file was not kept.</exception>
    public async Task<(DocumentManifest Manifest, Stream Content)?> OpenOriginalAsync(Principal principal, string id, CancellationToken cancellationToken)
    {
        if (await FindAsync(principal, id, cancellationToken) is not { } manifest)
            return null;
        if (manifest.Latest.OriginalRemoved)
            throw new ProblemException(HttpStatusCode.Gone, "The file was not kept. The document's reason says why.");
        if (!DocumentRights.IsUploader(principal, manifest)
            && await originalAccess.WhyWithheldAsync(manifest, cancellationToken) is { } why)
            throw new ProblemException(HttpStatusCode.Forbidden, why);
        if (await originals.OpenAsync(manifest.Tenant, manifest.Latest.OriginalId, cancellationToken) is not { } content)
            return null;
        return (manifest, content);
    }

    /// <summary>Deletes a document. Returns false when the principal sees no such document.</summary>
    /// <exception cref="ProblemException">403: somebody else uploaded the document. 409: it was extracted from another document.</exception>
    public async Task<bool> DeleteAsync(Principal principal, string id, CancellationToken cancellationToken)
    {
        if (await FindOwnAsync(principal, id, "delete it", cancellationToken) is not { } manifest)
            return false;
        if (await removal.MarkAsync(principal, manifest, cancellationToken) is { } marked)
            await removal.FinishAsync(marked, CancellationToken.None); // a marked document is removed even when the sender disconnects
        return true;
    }

    /// <summary>Changes the access list of a document. Returns null when the principal sees no such document.</summary>
    /// <exception cref="ProblemException">
    /// 400: the list is wrong. 403: somebody else uploaded the document. 409: it was extracted from another document,
    /// or the caller would lose the right to read it and has not confirmed that.
    /// </exception>
    public async Task<DocumentManifest?> SetAccessAsync(Principal principal, string id, AccessChange change, CancellationToken cancellationToken)
    {
        if (change.Access is not { Count: > 0 })
            throw ProblemException.BadRequest("'access' names nobody: give at least one entry. To take a document away from everybody, delete it.");
        var access = GivenAccess.Normalize(change.Access);
        if (await FindOwnAsync(principal, id, "change who may read it", cancellationToken) is not { } manifest)
            return null;
        if (!change.WithoutMe && !DocumentRights.MayRead(principal, manifest with { Access = access }))
            throw new ProblemException(HttpStatusCode.Conflict, WithoutCaller) { Type = Problem.WithoutCaller };
        return await accessChanges.ChangeAsync(principal, manifest, access, cancellationToken);
    }

    /// <summary>Changes the tags of a document. Returns null when the principal sees no such document.</summary>
    /// <exception cref="ProblemException">
    /// 400: a tag is wrong, or holds data that the tenant's policy forbids. 403: somebody else uploaded the document.
    /// 409: it was extracted from another document.
    /// </exception>
    public async Task<DocumentManifest?> SetTagsAsync(Principal principal, string id, TagsChange change, CancellationToken cancellationToken)
    {
        if (change.Tags is null)
            throw ProblemException.BadRequest("'tags' is missing: give the tags, or an empty list for none.");
        var tags = GivenTags.Normalize(change.Tags);
        if (screener.Forbidden(principal.Tenant, tags) is { Count: > 0 } kinds)
            throw ProblemException.BadRequest($"A tag holds what may not be in one here: {string.Join(", ", kinds).Replace('-', ' ')}. Leave it out.");
        return await FindOwnAsync(principal, id, "change its tags", cancellationToken) is { } manifest
            ? await tagChanges.ChangeAsync(principal, manifest, tags, cancellationToken)
            : null;
    }

    /// <summary>The document, if the principal uploaded it; null when the principal sees no such document.</summary>
    private async Task<DocumentManifest?> FindOwnAsync(Principal principal, string id, string purpose, CancellationToken cancellationToken)
    {
        if (await FindAnyAsync(principal, id, cancellationToken) is not { } manifest)
            return null;
        if (DocumentRights.IsUploader(principal, manifest))
        {
            return manifest.Origin is null
                ? manifest
                : throw await ChildRefusal.RefuseAsync(documents, manifest, $"To {purpose}, do so with that", cancellationToken);
        }
        return DocumentRights.MayRead(principal, manifest)
            ? throw new ProblemException(HttpStatusCode.Forbidden, $"Only the person who uploaded a document can {purpose}.")
            : null;
    }

    private async Task<DocumentManifest?> FindAnyAsync(Principal principal, string id, CancellationToken cancellationToken) =>
        await documents.FindAsync(principal.Tenant, id, cancellationToken) is { Manifest: var manifest }
            ? await inherited.ResolveAsync(manifest, cancellationToken)
            : null;
}
