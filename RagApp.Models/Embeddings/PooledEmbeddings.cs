using System.Runtime.CompilerServices;
using System.Text;
using Microsoft.Extensions.AI;
using RagApp.Models.Errors;
using RagApp.Models.Pool;
using RagApp.Models.Providers;
using RagApp.Models.Providers.Http;

namespace RagApp.Models.Embeddings;

/// <summary>
/// The embedding generator of a model of the pool. Each call is one request to a deployment in the caller's region, and to another one
/// when it fails; it takes <see cref="EmbeddingCallOptions"/>, and throws <see cref="ModelException"/> when no deployment answers.
/// </summary>
/// <param name="section">Configuration section of the model, for the messages.</param>
internal sealed class PooledEmbeddings(DeploymentPool pool, ProviderConnections connections, string model, int dimension, string section)
    : IEmbeddingGenerator<string, Embedding<float>>
{
    /// <summary>Bytes of a token, for the estimate that the limits are checked with: few, so that it is rather too high.</summary>
    private const int BytesPerToken = 3;

    private readonly ConditionalWeakTable<Upstream, IEmbeddingGenerator<string, Embedding<float>>> _clients = [];

    public Task<GeneratedEmbeddings<Embedding<float>>> GenerateAsync(
        IEnumerable<string> values, EmbeddingGenerationOptions? options = null, CancellationToken cancellationToken = default)
    {
        var texts = values.ToArray();
        var call = options as EmbeddingCallOptions ?? throw new ArgumentException("The generators of the pool take EmbeddingCallOptions.", nameof(options));
        var tokens = texts.Sum(text => (Encoding.UTF8.GetByteCount(text) / BytesPerToken) + 1L);
        return pool.CallAsync(model, call.Caller, tokens, AskAsync, _ => ValueTask.CompletedTask, cancellationToken);

        async Task<GeneratedEmbeddings<Embedding<float>>> AskAsync(DeploymentLease lease, CancellationToken stop)
        {
            var answer = await ClientOf(lease).GenerateAsync(texts, call, stop);
            lease.Succeeded(answer.Usage?.InputTokenCount);
            return answer;
        }
    }

    public object? GetService(Type serviceType, object? serviceKey = null) =>
        serviceKey is not null ? null
        : serviceType == typeof(EmbeddingGeneratorMetadata) ? new EmbeddingGeneratorMetadata(defaultModelId: model, defaultModelDimensions: dimension)
        : serviceType.IsInstanceOfType(this) ? this
        : null;

    public void Dispose()
    {
    }

    private IEmbeddingGenerator<string, Embedding<float>> ClientOf(DeploymentLease lease) =>
        _clients.GetValue(lease.Upstream, _ => new CheckedEmbeddings(EmbeddingProviders.Open(connections, lease), dimension, section));
}
