using Microsoft.Extensions.Options;
using Polly;
using Polly.Timeout;
using RagApp.Contracts.Embeddings;
using RagApp.Contracts.Http;
using RagApp.Contracts.Identity;
using RagApp.Query.Ranking;

namespace RagApp.Query.Search;

/// <summary>
/// Embeds a question within the time a person will wait. When this fails, the search goes on with keywords, and the result
/// says why, so that nobody mistakes a keyword search for a hybrid one.
/// </summary>
internal sealed class QuestionVectors(
    EmbeddingClient embeddings,
    FusionWeights weights,
    IOptions<SearchOptions> options,
    TimeProvider time,
    ILogger<QuestionVectors> logger)
{
    private const string Truncated = "The question is longer than the embedding model reads: its beginning and its end were compared by meaning, all of it by keywords.";

    private readonly ResiliencePipeline _timeout = new ResiliencePipelineBuilder { TimeProvider = time }.AddTimeout(options.Value.EmbeddingTimeout).Build();

    /// <param name="texts">The question, and the other wordings to search for.</param>
    /// <param name="model">Embedding model of the index to search; null for the embedding service's default.</param>
    public async Task<QuestionVector> EmbedAsync(Principal principal, IReadOnlyList<string> texts, string? model, CancellationToken cancellationToken)
    {
        var request = new EmbeddingsRequest(texts, model, EmbeddingInputType.Query, EmbeddingPriority.Interactive, Truncate: true);
        try
        {
            return await _timeout.ExecuteAsync(async token => await EmbedAsync(principal, request, token), cancellationToken);
        }
        catch (TimeoutRejectedException exception)
        {
            logger.EmbeddingServiceFailed(exception);
            return QuestionVector.Missing("timeout", $"The embedding service took longer than {options.Value.EmbeddingTimeout.TotalSeconds:0.#} s, so passages were found by keywords alone.");
        }
        catch (ApiException exception) when ((int)exception.Status is >= 400 and < 500)
        {
            logger.QuestionNotEmbedded(exception);
            return QuestionVector.Missing("refused", $"The question could not be compared by meaning: {exception.Message}");
        }
        catch (Exception exception) when (exception is ApiException or HttpRequestException or ExecutionRejectedException)
        {
            logger.EmbeddingServiceFailed(exception);
            return QuestionVector.Missing("unavailable", "The embedding service does not answer, so passages were found by keywords alone.");
        }
    }

    private async Task<QuestionVector> EmbedAsync(Principal principal, EmbeddingsRequest request, CancellationToken cancellationToken)
    {
        var response = await embeddings.EmbedAsync(principal, request, cancellationToken);
        var weight = await weights.GetAsync(embeddings, principal, response.Model, cancellationToken);
        return QuestionVector.Of([.. response.Data.OrderBy(data => data.Index).Select(data => new ReadOnlyMemory<float>(data.Embedding))], response.Model, weight, response.Truncated is null ? null : Truncated);
    }
}
