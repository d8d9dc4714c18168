using RagApp.Storage.Documents.Manifests;
using RagApp.Storage.Index;

namespace RagApp.Ingestion.Maintenance;

/// <summary>Finds the tenants that a verb works on: the one named, or all that have data in the store or the index.</summary>
internal sealed class TenantList(IManifestStore documents, IIndexGenerations generations)
{
    public static readonly VerbOption Option = new("--tenant", "NAME", "this tenant only (default: all)");

    /// <exception cref="VerbException">There is no tenant of that name.</exception>
    public async Task<IReadOnlyList<string>> FindAsync(VerbArguments arguments, CancellationToken cancellationToken)
    {
        var all = new SortedSet<string>(StringComparer.Ordinal);
        await foreach (var tenant in documents.ListTenantsAsync(cancellationToken))
            all.Add(tenant);
        await foreach (var tenant in generations.ListTenantsAsync(cancellationToken))
            all.Add(tenant);
        if (arguments.Find(Option.Name) is not { } named)
            return [.. all];
        return all.Contains(named)
            ? [named]
            : throw new VerbException($"There is no tenant '{named}': {(all.Count == 0 ? "there is none at all" : string.Join(", ", all.Take(20)))}.");
    }
}
