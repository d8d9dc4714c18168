using Microsoft.Extensions.Options;
using Polly;
using RagApp.Contracts.Embeddings;
using RagApp.Contracts.Http;
using RagApp.Contracts.Identity;
using RagApp.Query.Ranking;

namespace RagApp.Query.Search;

/// <summary>
/// Gets a question's vectors in the time a person will wait. When that fails the search goes on without it, and
/// the outcome says why, so that nobody takes a keyword search for a hybrid one.
/// </summary>
internal sealed class QuestionVectors(
    EmbeddingClient embeddings,
    FusionWeights weights,
    IOptions<SearchOptions> options,
    TimeProvider time,
    ILogger<QuestionVectors> logger)
{
    private const string Truncated = "The question is longer than the embedding model reads: its beginning and its end were compared by meaning, all of it by keywords.";

    /// <param name="texts">The question, and what else is searched for.</param>
    /// <param name="model">The model of the index that will be searched; null for the embedding service's own choice.</param>
    public async Task<QuestionVector> EmbedAsync(Principal principal, IReadOnlyList<string> texts, string? model, CancellationToken cancellationToken)
    {
        var patience = options.Value.EmbeddingTimeout;
        using var deadline = new CancellationTokenSource(patience, time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken, deadline.Token);
        try
        {
            var request = new EmbeddingsRequest(texts, model, EmbeddingInputType.Query, EmbeddingPriority.Interactive, Truncate: true);
            var response = await embeddings.EmbedAsync(principal, request, either.Token);
            var weight = await weights.GetAsync(embeddings, principal, response.Model, either.Token);
            return QuestionVector.Of([.. response.Data.OrderBy(data => data.Index).Select(data => new ReadOnlyMemory<float>(data.Embedding))], response.Model, weight, response.Truncated is null ? null : Truncated);
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
        catch (OperationCanceledException exception) when (!cancellationToken.IsCancellationRequested)
        {
            logger.EmbeddingServiceFailed(exception);
            return QuestionVector.Missing("timeout", $"The embedding service took longer than {patience.TotalSeconds:0.#} s, so passages were found by keywords alone.");
        }
    }
}
