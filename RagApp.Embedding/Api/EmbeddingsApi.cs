using System.Globalization;
using Microsoft.AspNetCore.Http.HttpResults;
using RagApp.Contracts.Embeddings;
using RagApp.Embedding.Scheduling;
using RagApp.ServiceDefaults.Identity;

namespace RagApp.Embedding.Api;

internal static class EmbeddingsApi
{
    /// <summary>
    /// When to come back to a full queue, in seconds: by then two processors have done about a hundred texts of it.
    /// </summary>
    private const int RetryAfterSeconds = 5;

    public static RouteGroupBuilder MapEmbeddings(this IEndpointRouteBuilder endpoints)
    {
        var group = endpoints.MapGroup("/v1").RequireAuthorization();
        group.MapPost("/embeddings", EmbedAsync);
        group.MapGet("/models", GetModels);
        return group;
    }

    private static async Task<Results<Ok<EmbeddingsResponse>, Ok<Base64EmbeddingsResponse>, ProblemHttpResult>> EmbedAsync(
        CallerPrincipal caller, EmbeddingsRequest request, ServedModels served, RequestRules rules, TextEmbedder embedder, HttpResponse response,
        CancellationToken cancellationToken)
    {
        if (served.Find(request.Model) is not { } model)
            return BadRequest($"There is no model of that name; served here: {served.Names}. Name one of them, or leave 'model' out.");
        if (rules.WhyRefused(request, model.Model) is { } refusal)
            return BadRequest(refusal);

        var texts = TextEmbedder.Prepare(model, request);
        if (RequestRules.WhyTooLong(texts.Tokens, model.Model) is { } tooLong)
            return BadRequest(tooLong);

        try
        {
            var vectors = await embedder.EmbedAsync(model, caller.Principal, request, texts, cancellationToken);
            return request.EncodingFormat == EmbeddingEncoding.Base64
                ? TypedResults.Ok(vectors.ToBase64Response())
                : TypedResults.Ok(vectors.ToResponse());
        }
        catch (QueueFullException full)
        {
            response.Headers.RetryAfter = RetryAfterSeconds.ToString(CultureInfo.InvariantCulture);
            return TypedResults.Problem(
                full.Message, statusCode: StatusCodes.Status429TooManyRequests,
                extensions: [new("retryAfter", RetryAfterSeconds)]);
        }
    }

    private static Ok<EmbeddingModels> GetModels(ServedModels served) =>
        TypedResults.Ok(new EmbeddingModels([.. served.All.Select(model => model.Model)]));

    private static ProblemHttpResult BadRequest(string detail) =>
        TypedResults.Problem(detail, statusCode: StatusCodes.Status400BadRequest);
}
