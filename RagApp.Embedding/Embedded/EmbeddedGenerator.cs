using Microsoft.Extensions.AI;
using RagApp.Embedding.Scheduling;
using RagApp.Embedding.Serving;

namespace RagApp.Embedding.Embedded;

/// <summary>Generates vectors with an embedded model: tokenizes here, and runs the model through the scheduler.</summary>
internal sealed class EmbeddedGenerator(EmbeddedModel model, RunScheduler scheduler)
    : IEmbeddingGenerator<string, Embedding<float>>
{
    private readonly EmbeddingGeneratorMetadata _metadata = new(
        "onnxruntime", defaultModelId: model.Description.Id, defaultModelDimensions: model.Description.Dimension);

    public async Task<GeneratedEmbeddings<Embedding<float>>> GenerateAsync(
        IEnumerable<string> values, EmbeddingGenerationOptions? options = null, CancellationToken cancellationToken = default)
    {
        var work = EmbeddingWork.Of(options);
        var inputs = values.Select(model.Tokenizer.Encode).ToArray();
        var vectors = await scheduler.RunAsync(model, inputs, work.Tenant, work.Priority, cancellationToken);

        var tokens = inputs.Sum(input => input.Length);
        return new GeneratedEmbeddings<Embedding<float>>(
            vectors.Select(vector => new Embedding<float>(vector) { ModelId = model.Description.Id }))
        {
            Usage = new UsageDetails { InputTokenCount = tokens, TotalTokenCount = tokens },
        };
    }

    public object? GetService(Type serviceType, object? serviceKey = null) =>
        serviceKey is not null ? null
        : serviceType == typeof(EmbeddingGeneratorMetadata) ? _metadata
        : serviceType.IsInstanceOfType(this) ? this
        : null;

    public void Dispose()
    {
    }
}
