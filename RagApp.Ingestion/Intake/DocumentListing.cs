using System.Net;
using Microsoft.Extensions.Options;
using RagApp.Contracts.Documents;
using RagApp.Contracts.Http;
using RagApp.Contracts.Identity;
using RagApp.Ingestion.Catalogue;
using RagApp.Ingestion.Documents;
using RagApp.Storage.Access;
using RagApp.Storage.Blobs;
using RagApp.Storage.Documents.Manifests;

namespace RagApp.Ingestion.Intake;

/// <summary>
/// Lists documents page by page. The catalogue says which documents come next; the manifest in the store decides
/// whether a document still exists and may be seen now. A page is filled up when documents are left out.
/// </summary>
internal sealed class DocumentListing(
    DocumentCatalogue catalogue, IManifestStore documents, InheritedAccess inherited, DamageReport damage, IOptions<IntakeOptions> options)
{
    private const int ReadsAtOnce = 8;

    /// <summary>The documents that the principal may see: all, or only those directly in <paramref name="parentId"/>.</summary>
    /// <exception cref="ProblemException">
    /// 400: a value of the filter, or the page token, is wrong. 503: the catalogue is still being built.
    /// </exception>
    public async Task<DocumentPage> ListAsync(
        Principal principal, string? parentId, DocumentListFilter filter, string? after, int limit, CancellationToken cancellationToken)
    {
        var reader = AccessFilter.For(principal);
        var first = new ListQuery(filter, after);
        try
        {
            return await catalogue.UseAsync(
                reader.Tenant, known => FillAsync(known, reader, parentId, first, place => new ListQuery(filter, place), limit, cancellationToken), cancellationToken);
        }
        catch (CatalogueUnreadyException exception)
        {
            throw new ProblemException(HttpStatusCode.ServiceUnavailable, "The list of documents is just being put together. Try again in a moment.", exception)
            {
                RetryAfter = options.Value.RetryAfter,
            };
        }
    }

    private async Task<DocumentPage> FillAsync(
        TenantCatalogue known, AccessFilter reader, string? parentId, ListQuery query, Func<string, ListQuery> from, int limit, CancellationToken cancellationToken)
    {
        var page = new List<DocumentInfo>();
        var next = "";
        while (true)
        {
            var wanted = limit + 1 - page.Count; // one more entry shows whether there is a next page
            var entries = await (parentId is null ? known.ReadAsync(query, reader, wanted) : known.ReadChildrenAsync(query, parentId, wanted));
            var shown = await ShowAsync(known, query, reader, entries, cancellationToken);
            foreach (var (entry, info) in entries.Zip(shown).Where(each => each.Second is not null))
            {
                if (page.Count == limit)
                    return Page(page, next);
                page.Add(info!);
                next = query.PlaceBehind(entry);
            }
            if (entries.Count < wanted)
                return Page(page, next: null);
            query = from(query.PlaceBehind(entries[^1]));
        }
    }

    private DocumentPage Page(IReadOnlyList<DocumentInfo> documents, string? next) => new(documents, next) { IsBehind = catalogue.IsBehind };

    /// <summary>The documents in the form that readers see; null for a document that must not be shown.</summary>
    private async Task<DocumentInfo?[]> ShowAsync(
        TenantCatalogue known, ListQuery query, AccessFilter reader, List<CatalogueEntry> entries, CancellationToken cancellationToken)
    {
        var shown = new DocumentInfo?[entries.Count];
        var many = new ParallelOptions { MaxDegreeOfParallelism = ReadsAtOnce, CancellationToken = cancellationToken };
        await Parallel.ForAsync(0, entries.Count, many, async (at, cancelled) =>
        {
            try
            {
                shown[at] = await ShowAsync(known, query, reader, entries[at], cancelled);
            }
            catch (CorruptBlobException exception)
            {
                damage.Add(exception); // a document with a damaged manifest is left out of the list
            }
        });
        return shown;
    }

    private async Task<DocumentInfo?> ShowAsync(
        TenantCatalogue known, ListQuery query, AccessFilter reader, CatalogueEntry entry, CancellationToken cancellationToken)
    {
        var manifest = (await documents.FindAsync(reader.Tenant, entry.Id, cancellationToken))?.Manifest;
        if (manifest is not { Deleted: false } || CatalogueRow.Of(manifest).Stamp() != entry.Stamp)
        {
            // The document changed meanwhile, perhaps in another process: check again that it belongs on this page.
            manifest = await catalogue.RefreshAsync(reader.Tenant, entry.Id, cancellationToken);
            if (manifest is not { Deleted: false } || await known.FindAsync(query, entry.Id) is not { } now)
                return null;
            entry = now;
        }
        var resolved = await inherited.ResolveAsync(manifest, cancellationToken);
        return DocumentRights.MaySee(reader, resolved) ? DocumentView.Of(resolved, entry.IsOpenBelow) : null;
    }
}
