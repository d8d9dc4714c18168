using System.Globalization;
using RagApp.Contracts.Embeddings;
using RagApp.Contracts.Http;
using RagApp.Ingestion.Processing.Vectors;
using RagApp.Storage.Documents;
using RagApp.Storage.Documents.Contents;
using RagApp.Storage.Documents.Manifests;

namespace RagApp.Ingestion.Maintenance.Rebuild;

/// <summary>
/// Changes a tenant to another embedding model: embeds all passages and stores each vector at once, builds a new index,
/// switches to it, and deletes the old vectors. A repeated run continues after an interrupted one.
/// </summary>
internal sealed class ReembedVerb(
    IManifestStore documents, IContentStore contents, StoreInspection inspection, IndexBuilder builder, PassageVectors passages, TenantModels models, TenantList tenants) : IMaintenanceVerb
{
    private const string ModelOption = "--model";

    public static VerbDescription Description { get; } = new(
        "reembed",
        "Embeds all passages with another model and switches to it.",
        """
        Embeds all stored passages of every tenant, or of one, with model X, behind people's questions, and builds a new
        index of them beside the old one. Questions go on on the old index and its model, and go over to the new ones in
        one step; so do new documents. Vectors are kept as they come: cut off and run again, it goes on where it was.

        Exit code 1: documents had to be left out; they are named with the reason.
        """)
    {
        Options = [new VerbOption(ModelOption, "X", "the model, by the name that the embedding service lists (required)"), TenantList.Option],
        RunsAlone = true,
    };

    public async Task<int> RunAsync(VerbArguments arguments, IProgress<VerbUpdate> progress, CancellationToken cancellationToken)
    {
        var name = arguments.Find(ModelOption) ?? throw VerbException.Usage($"Which model? {ModelOption} X.");
        var leftOut = 0;
        foreach (var tenant in await tenants.FindAsync(arguments, cancellationToken))
        {
            var model = await RequireServedAsync(tenant, name, cancellationToken);
            leftOut += await ReembedAsync(tenant, model, progress, cancellationToken);
        }
        return leftOut == 0 ? MaintenanceExit.Done : MaintenanceExit.Found;
    }

    private async Task<int> ReembedAsync(string tenant, EmbeddingModel model, IProgress<VerbUpdate> progress, CancellationToken cancellationToken)
    {
        await contents.SetReembeddingAsync(tenant, model.Id, cancellationToken);
        var made = 0L;
        var result = await builder.RunAsync(tenant, model.Id, model.Dimension, VectorsAsync, progress, cancellationToken);
        var removed = await RemoveOthersAsync(tenant, model.Id, progress, cancellationToken);
        await contents.SetReembeddingAsync(tenant, model: null, cancellationToken);
        progress.Line(result.Describe(tenant));
        progress.Line(string.Create(CultureInfo.InvariantCulture,
            $"{tenant}: {made:N0} passages embedded with {model.Id}, {result.Chunks - made:N0} had vectors of it already; old vectors of {removed:N0} versions removed"));
        return result.LeftOut;

        async Task<DocumentVectors?> VectorsAsync(DocumentManifest manifest, DocumentVersion version, DocumentContent content, CancellationToken token)
        {
            if (await contents.ReadVectorsAsync(manifest.IdOf(version), model.Id, token) is { } kept && kept.Dimension == model.Dimension)
                return kept;
            var vectors = await passages.EmbedAsync(TenantModels.PrincipalFor(tenant, version), model, content, token);
            await KeepAsync(manifest, version, vectors, token);
            Interlocked.Add(ref made, vectors.Vectors.Count);
            return vectors;
        }
    }

    /// <summary>Stores the vectors of a version, and deletes them again when the document was deleted or replaced during the embedding.</summary>
    private async Task KeepAsync(DocumentManifest manifest, DocumentVersion version, DocumentVectors vectors, CancellationToken cancellationToken)
    {
        await contents.WriteVectorsAsync(manifest.IdOf(version), vectors, cancellationToken);
        var current = (await documents.FindAsync(manifest.Tenant, manifest.Id, cancellationToken))?.Manifest;
        if (current is not { Deleted: false, Searchable: { } answering } || current.IdOf(answering) != manifest.IdOf(version))
            await contents.DeleteAsync(manifest.IdOf(version), cancellationToken);
    }

    /// <summary>Deletes the stored vectors of all other models.</summary>
    private async Task<int> RemoveOthersAsync(string tenant, string model, IProgress<VerbUpdate> progress, CancellationToken cancellationToken)
    {
        var removed = 0;
        await foreach (var stored in inspection.WalkAsync(tenant, cancellationToken))
        {
            foreach (var version in stored.Versions.Where(version => version.Models.Any(other => other != model)))
            {
                foreach (var other in version.Models.Where(other => other != model))
                    await contents.DeleteVectorsAsync(version.Id, other, cancellationToken);
                progress.Status(string.Create(CultureInfo.InvariantCulture, $"{tenant}: old vectors of {++removed:N0} versions removed"));
            }
        }
        return removed;
    }

    /// <exception cref="VerbException">The embedding service does not answer, or does not serve the model.</exception>
    private async Task<EmbeddingModel> RequireServedAsync(string tenant, string name, CancellationToken cancellationToken)
    {
        try
        {
            var (model, served) = await models.FindByNameAsync(tenant, name, cancellationToken);
            return model ?? throw new VerbException($"The embedding service serves no model '{name}' but {served}. Add it there (Embedding:ModelPaths or Embedding:Providers); nothing was changed.");
        }
        catch (Exception exception) when (exception is HttpRequestException or ApiException)
        {
            throw new VerbException(
                $"The embedding service does not answer ({exception.Message}): start it, or say where it is with --services:embedding:http:0=URL and --Identity:SigningKey=KEY.",
                inner: exception);
        }
    }
}
