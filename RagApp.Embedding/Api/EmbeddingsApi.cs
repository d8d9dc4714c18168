using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.Extensions.Options;
using RagApp.Contracts.Embeddings;
using RagApp.Contracts.Http;
using RagApp.Embedding.Serving;
using RagApp.ServiceDefaults.Identity;

namespace RagApp.Embedding.Api;

internal static class EmbeddingsApi
{
    public static RouteGroupBuilder MapEmbeddings(this IEndpointRouteBuilder endpoints)
    {
        var group = endpoints.MapGroup("/v1").RequireAuthorization();
        group.MapPost("/embeddings", EmbedAsync);
        group.MapGet("/models", GetModels);
        return group;
    }

    private static async Task<Results<Ok<EmbeddingsResponse<float[]>>, Ok<EmbeddingsResponse<byte[]>>>> EmbedAsync(
        CallerPrincipal caller, EmbeddingsRequest request, ServedModels served, RequestRules rules, IOptions<EmbeddingsOptions> options, TextEmbedder embedder,
        CancellationToken cancellationToken)
    {
        var model = served.Find(request.Model)
            ?? throw ProblemException.BadRequest($"There is no model of that name; served here: {served.Names}. Name one of them, or leave 'model' out.");
        if (rules.WhyRefused(request, model.Model) is { } refusal)
            throw ProblemException.BadRequest(refusal);

        var texts = TextPreparation.Prepare(model, request, options.Value.MaxTexts);
        if (RequestRules.WhyTooLong(texts.Tokens, model.Model) is { } tooLong)
            throw ProblemException.BadRequest(tooLong);

        var vectors = await embedder.EmbedAsync(model, caller.Principal, request, texts, cancellationToken);
        return request.EncodingFormat == EmbeddingEncoding.Base64
            ? TypedResults.Ok(vectors.ToBase64Response())
            : TypedResults.Ok(vectors.ToResponse());
    }

    private static Ok<EmbeddingModels> GetModels(ServedModels served) =>
        TypedResults.Ok(new EmbeddingModels([.. served.All.Select(model => model.Model)]));
}
