using RagApp.Contracts.Documents;
using RagApp.Contracts.Identity;
using RagApp.Ingestion.Intake;
using RagApp.Ingestion.Processing;
using RagApp.Storage.Access;
using RagApp.Storage.Blobs;
using RagApp.Storage.Documents;

namespace RagApp.Ingestion.Catalogue;

/// <summary>
/// Lists of documents, page by page. The catalogue says which documents come next; whether one is still there and may be
/// seen now is what its manifest in the store says. A page is filled up with those behind the ones that are left out.
/// </summary>
internal sealed class DocumentListing(DocumentCatalogue catalogue, IDocumentStore store, InheritedAccess inherited, DamageReport damage)
{
    private const int ReadsAtOnce = 8;

    /// <summary>The documents that the principal may see; of those directly in <paramref name="parentId"/> when one is named.</summary>
    /// <exception cref="IntakeException">400: a value of the filter, or the place, is wrong. 503: the catalogue is just being made.</exception>
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
            throw new IntakeException(StatusCodes.Status503ServiceUnavailable, "The list of documents is just being put together. Try again in a moment.", exception);
        }
    }

    private async Task<DocumentPage> FillAsync(
        TenantCatalogue known, AccessFilter reader, string? parentId, ListQuery query, Func<string, ListQuery> from, int limit, CancellationToken cancellationToken)
    {
        var page = new List<DocumentInfo>();
        var next = "";
        while (true)
        {
            var wanted = limit + 1 - page.Count; // one more says whether there is a next page
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

    /// <summary>Each as its readers see it; null for one that is not to be shown.</summary>
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
                damage.Add(exception); // one damaged manifest costs its document, not the list
            }
        });
        return shown;
    }

    private async Task<DocumentInfo?> ShowAsync(
        TenantCatalogue known, ListQuery query, AccessFilter reader, CatalogueEntry entry, CancellationToken cancellationToken)
    {
        var manifest = (await store.FindAsync(reader.Tenant, entry.Id, cancellationToken))?.Manifest;
        if (manifest is not { Deleted: false } || CatalogueRow.Of(manifest).Stamp() != entry.Stamp)
        {
            // It changed in this moment, or elsewhere: whether it belongs here is asked again.
            manifest = await catalogue.RefreshAsync(reader.Tenant, entry.Id, cancellationToken);
            if (manifest is not { Deleted: false } || await known.FindAsync(query, entry.Id) is not { } now)
                return null;
            entry = now;
        }
        var resolved = await inherited.ResolveAsync(manifest, cancellationToken);
        return DocumentRights.MaySee(reader, resolved) ? DocumentView.Of(resolved, entry.IsOpenBelow) : null;
    }
}
