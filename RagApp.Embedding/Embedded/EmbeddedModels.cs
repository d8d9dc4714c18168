using Microsoft.Extensions.Options;

namespace RagApp.Embedding.Embedded;

/// <summary>The embedded models of all configured folders; they share one queue and its runners.</summary>
internal sealed class EmbeddedModels(IOptions<EmbeddedModelOptions> options) : IDisposable
{
    public IReadOnlyList<EmbeddedModel> All { get; } = [.. options.Value.FullPaths.Select(path => new EmbeddedModel(ModelFolder.Open(path), options.Value.ExecutionProvider))];

    public void Dispose()
    {
        foreach (var model in All)
            model.Dispose();
    }
}
