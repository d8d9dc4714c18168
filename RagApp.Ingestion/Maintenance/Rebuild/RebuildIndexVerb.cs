using RagApp.Storage.Documents;
using RagApp.Storage.Documents.Contents;
using RagApp.Storage.Index;

namespace RagApp.Ingestion.Maintenance.Rebuild;

/// <summary>Rebuilds the index from the stored passages and vectors; no embedding provider is called.</summary>
internal sealed class RebuildIndexVerb(
    IContentStore contents, StoreInspection inspection, IIndexGenerations generations, IndexBuilder builder, TenantList tenants) : IMaintenanceVerb
{
    public static VerbDescription Description { get; } = new(
        "rebuild-index",
        "Builds the index anew from the document store.",
        """
        Builds the index of every tenant, or of one, from the passages and vectors in the document store, without
        calling an embedding provider. Questions go on on the old index and go over to the new one in one step; uploads,
        deletions and changes of access meanwhile are in it. Works as well when the index is damaged or gone.

        Exit code 1: documents had to be left out; they are named with the reason.
        """)
    {
        Options = [TenantList.Option],
        RunsAlone = true,
    };

    public async Task<int> RunAsync(VerbArguments arguments, IProgress<VerbUpdate> progress, CancellationToken cancellationToken)
    {
        var leftOut = 0;
        foreach (var tenant in await tenants.FindAsync(arguments, cancellationToken))
        {
            if (await KindOfAsync(tenant, cancellationToken) is not var (model, dimension))
            {
                progress.Line($"{tenant}: nothing to index");
                continue;
            }
            var result = await builder.RunAsync(
                tenant, model, dimension,
                (manifest, version, _, token) => contents.ReadVectorsAsync(manifest.IdOf(version), model, token),
                progress, cancellationToken);
            progress.Line(result.Describe(tenant));
            leftOut += result.LeftOut;
        }
        return leftOut == 0 ? MaintenanceExit.Done : MaintenanceExit.Found;
    }

    /// <summary>
    /// The embedding model of the index. When the index is lost, the model for which most searchable versions have
    /// vectors. Null when no version can be indexed.
    /// </summary>
    private async Task<(string Model, int Dimension)?> KindOfAsync(string tenant, CancellationToken cancellationToken)
    {
        try
        {
            if (await generations.FindCurrentAsync(tenant, cancellationToken) is { } current)
                return (current.Model, current.Dimension);
        }
        catch (InvalidDataException)
        {
            // the index record is damaged: the model is found from the store
        }

        var seen = new Dictionary<string, (int Count, VersionId Example)>(StringComparer.Ordinal);
        await foreach (var stored in inspection.WalkAsync(tenant, cancellationToken))
        {
            var answering = stored.Versions.FirstOrDefault(version => stored.Manifest is { Searchable: { } searchable } manifest && version.Id == manifest.IdOf(searchable));
            foreach (var model in answering?.Models ?? [])
                seen[model] = (seen.GetValueOrDefault(model).Count + 1, answering!.Id);
        }
        if (seen.Count == 0)
            return null;
        var (name, (_, example)) = seen.MaxBy(model => model.Value.Count);
        var vectors = await contents.ReadVectorsAsync(example, name, cancellationToken);
        return vectors is null ? null : (name, vectors.Dimension);
    }
}
