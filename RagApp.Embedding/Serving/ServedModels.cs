namespace RagApp.Embedding.Serving;

/// <summary>All models that a request can name; the first is the default.</summary>
internal sealed class ServedModels : IDisposable
{
    /// <param name="byDefault">Name of the default model; null for the first.</param>
    /// <exception cref="InvalidOperationException">There is no model, none of the default's name, or two models have the same name.</exception>
    public ServedModels(IReadOnlyList<ServedModel> all, string? byDefault)
    {
        if (all.Count == 0)
            throw new InvalidOperationException("No embedding model is configured: Embedding:ModelPath is empty, and neither Embedding:Provider nor Models:Embeddings names one.");
        if (all.GroupBy(model => model.Model.Id, StringComparer.Ordinal).FirstOrDefault(name => name.Count() > 1) is { Key: var twice })
            throw new InvalidOperationException($"Two embedding models are called '{twice}': name one of Embedding:ModelPath, Embedding:ModelPaths, Embedding:Provider, Embedding:Providers and Models:Embeddings otherwise.");
        All = [.. all.OrderByDescending(model => model.Model.Id == byDefault)];
        if (byDefault is not null && All[0].Model.Id != byDefault)
            throw new InvalidOperationException($"Models:DefaultEmbedding names no model; served here: {Names}.");
    }

    public IReadOnlyList<ServedModel> All { get; }

    public string Names => string.Join(", ", All.Select(model => $"'{model.Model.Id}'"));

    public ServedModel? Find(string? name) =>
        name is null ? All[0] : All.FirstOrDefault(model => string.Equals(model.Model.Id, name, StringComparison.Ordinal));

    public void Dispose()
    {
        foreach (var model in All)
            model.Generator.Dispose();
    }
}
