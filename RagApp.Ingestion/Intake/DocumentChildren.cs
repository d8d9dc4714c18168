using System.Collections.Concurrent;
using RagApp.Contracts.Documents;
using RagApp.Contracts.Identity;
using RagApp.Ingestion.Processing;
using RagApp.Ingestion.Processing.Members;
using RagApp.Storage.Access;
using RagApp.Storage.Blobs;
using RagApp.Storage.Documents;

namespace RagApp.Ingestion.Intake;

/// <summary>The documents in a document, for those who may read them.</summary>
internal sealed class DocumentChildren(IDocumentStore store, InheritedAccess inherited, DocumentTrees trees, DamageReport damage)
{
    /// <summary>By path, those after <paramref name="after"/>.</summary>
    public async Task<DocumentPage> ListAsync(
        Principal principal, DocumentManifest parent, string? after, int limit, CancellationToken cancellationToken)
    {
        var ordered = (await ReadAsync(principal, parent, cancellationToken))
            .Where(child => string.CompareOrdinal(child.Path, after) > 0)
            .OrderBy(child => child.Path, StringComparer.Ordinal)
            .Take(limit + 1)
            .ToList();
        var page = ordered.Take(limit).Select(DocumentView.Of).ToList();
        return new DocumentPage(page, ordered.Count > limit ? page[^1].Path : null);
    }

    /// <summary>The document with how far those in it are.</summary>
    public async Task<DocumentInfo> CountAsync(Principal principal, DocumentManifest parent, CancellationToken cancellationToken)
    {
        var info = DocumentView.Of(parent);
        if (parent.Children == 0)
            return info;
        var states = (await ReadAsync(principal, parent, cancellationToken)).CountBy(child => child.Latest.Status).ToDictionary();
        return info with
        {
            ChildCounts = new ChildCounts(
                states.GetValueOrDefault(DocumentStatus.Indexed),
                states.GetValueOrDefault(DocumentStatus.Empty),
                states.GetValueOrDefault(DocumentStatus.Failed),
                InProgress: states.Where(state => !VersionGuard.IsTerminal(state.Key)).Sum(state => state.Value))
            {
                Quarantined = states.GetValueOrDefault(DocumentStatus.Quarantined),
            },
        };
    }

    private async Task<IReadOnlyCollection<DocumentManifest>> ReadAsync(Principal principal, DocumentManifest parent, CancellationToken cancellationToken)
    {
        var found = new ConcurrentBag<DocumentManifest>();
        var ids = (await trees.ReadAsync(parent, cancellationToken)).NodeOf(parent.Id).Members;
        await Parallel.ForEachAsync(ids, cancellationToken, async (id, cancelled) =>
        {
            if (await FindAsync(parent.Tenant, id, cancelled) is { Deleted: false } child
                && child.Origin?.IsDirectlyIn(parent) == true
                && AccessFilter.For(principal).Allows(child.Tenant, child.Access))
                found.Add(child);
        });
        return found;
    }

    /// <summary>One damaged manifest costs its document, not the list.</summary>
    private async Task<DocumentManifest?> FindAsync(string tenant, string id, CancellationToken cancellationToken)
    {
        try
        {
            return await store.FindAsync(tenant, id, cancellationToken) is { Manifest: var child }
                ? await inherited.ResolveAsync(child, cancellationToken)
                : null;
        }
        catch (CorruptBlobException exception)
        {
            damage.Add(exception);
            return null;
        }
    }
}
