using RagApp.Contracts.Identity;
using RagApp.Storage.Access;
using RagApp.Storage.Documents;

namespace RagApp.Benchmarks.Lists;

/// <summary>The baseline: a page by reading every manifest of the tenant and keeping the first few.</summary>
internal static class FullScan
{
    /// <returns>Paths, in order.</returns>
    public static async Task<IReadOnlyList<string>> ListAsync(IDocumentStore store, Principal principal, int limit)
    {
        var reader = AccessFilter.For(principal);
        var first = new PriorityQueue<string, string>(Comparer<string>.Create((a, b) => string.CompareOrdinal(b, a)));
        await foreach (var stored in store.ListAsync(principal.Tenant, afterId: null, CancellationToken.None))
        {
            if (!reader.Allows(stored.Manifest.Tenant, stored.Manifest.Access))
                continue;
            first.Enqueue(stored.Manifest.Path, stored.Manifest.Path);
            if (first.Count > limit)
                first.Dequeue();
        }
        return [.. first.UnorderedItems.Select(item => item.Element).Order(StringComparer.Ordinal)];
    }
}
