using RagApp.Contracts.Embeddings;
using RagApp.Contracts.Identity;
using RagApp.Storage.Documents.Manifests;
using RagApp.Storage.Index;

namespace RagApp.Ingestion.Processing.Vectors;

/// <summary>
/// Finds the embedding model for a tenant's documents: the model of the current index, since vectors of two models
/// cannot be compared; without an index, the first model that the embedding service offers.
/// </summary>
internal sealed class TenantModels(EmbeddingClient client, IIndexGenerations generations)
{
    /// <exception cref="InvalidOperationException">
    /// The embedding service offers no model at all, or not the model of the tenant's index; in the second case the message
    /// says what to do.
    /// </exception>
    public async Task<EmbeddingModel> FindAsync(string tenant, CancellationToken cancellationToken)
    {
        var served = (await client.GetModelsAsync(PrincipalFor(tenant), cancellationToken)).Data;
        if (await generations.FindCurrentAsync(tenant, cancellationToken) is not { } current)
            return served is [var first, ..] ? first : throw new InvalidOperationException("The embedding service offers no model.");
        return served.FirstOrDefault(model => model.Id == current.Model && model.Dimension == current.Dimension)
            ?? throw new InvalidOperationException(
                $"The index of tenant '{tenant}' is made with model '{current.Model}' ({current.Dimension} numbers), which the embedding service does not offer: "
                + $"configure it there again, or run 'maintenance reembed --model X' with one of {Names(served)}.");
    }

    /// <summary>The model of that name, which is null when the service does not offer it, and the names of the offered models.</summary>
    public async Task<(EmbeddingModel? Model, string Served)> FindByNameAsync(string tenant, string name, CancellationToken cancellationToken)
    {
        var served = (await client.GetModelsAsync(PrincipalFor(tenant), cancellationToken)).Data;
        return (served.FirstOrDefault(model => model.Id == name), Names(served));
    }

    public static Principal PrincipalFor(string tenant) => Principal.ForService(tenant, "document-ingestion");

    /// <summary>The principal of background work on the text of a version.</summary>
    public static Principal PrincipalFor(string tenant, DocumentVersion version) => PrincipalFor(tenant) with { Region = version.Region };

    private static string Names(IReadOnlyList<EmbeddingModel> models) => string.Join(", ", models.Select(model => $"'{model.Id}'"));
}
