using RagApp.Contracts.Identity;
using RagApp.Storage.Access;
using RagApp.Storage.Documents.Manifests;

namespace RagApp.Benchmarks.Lists;

/// <summary>The baseline: lists a page by reading every manifest of the tenant and keeping the first few.</summary>
internal static class FullScan
{
    /// <returns>Paths of the documents on the page, in order.</returns>
    public static async Task<IReadOnlyList<string>> ListAsync(IManifestStore documents, Principal principal, int limit)
    {
        var reader = AccessFilter.For(principal);
        var first = new PriorityQueue<string, string>(Comparer<string>.Create((a, b) => string.CompareOrdinal(b, a)));
        await foreach (var stored in documents.ListAsync(principal.Tenant, afterId: null, CancellationToken.None))
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
