using System.Net;
using Microsoft.AspNetCore.Http.HttpResults;
using RagApp.Contracts.Http;
using RagApp.Contracts.Rerank;
using RagApp.Models;
using RagApp.Models.Rerank;
using RagApp.ServiceDefaults.Identity;

namespace RagApp.Embedding.Rerank;

internal static class RerankApi
{
    private const string Feature = "rerank";
    private const int MaxDocuments = 1000;

    /// <summary>Longest document, in characters, as in the reader.</summary>
    private const int MaxLength = 16_000;

    /// <summary>Longest query, in characters, as in the gateway.</summary>
    private const int MaxQueryLength = 4000;

    public static void MapRerank(this IEndpointRouteBuilder endpoints) => endpoints.MapPost("/v1/rerank", RerankAsync).RequireAuthorization();

    private static async Task<Ok<RerankResponse>> RerankAsync(CallerPrincipal caller, RerankRequest request, IServiceProvider services, CancellationToken cancellationToken)
    {
        var reranker = services.GetService<IReranker>()
            ?? throw new ProblemException(HttpStatusCode.NotFound, $"There is no reranker: configure {RerankOptions.Section}:{nameof(RerankOptions.Endpoint)} or {RerankEntryOptions.Section}.");
        if (WhyRefused(request) is { } refusal)
            throw ProblemException.BadRequest(refusal);

        using var activity = Spans.Source.StartActivity(Spans.Stages.Rerank)?.SetTag(Spans.Tags.Texts, request.Documents.Count);
        var scores = await reranker.ScoreAsync(ModelCaller.Of(caller.Principal, Feature), request.Query, request.Documents, cancellationToken);
        var results = scores.Select((score, index) => new RerankResult(index, score))
            .OrderByDescending(result => result.RelevanceScore)
            .Take(request.TopN ?? scores.Count);
        return TypedResults.Ok(new RerankResponse([.. results], reranker.Model));
    }

    private static string? WhyRefused(RerankRequest request) => request switch
    {
        { Query: var query } when string.IsNullOrWhiteSpace(query) => "'query' is empty.",
        { Query.Length: > MaxQueryLength } => $"'query' has {request.Query.Length:N0} characters; at most {MaxQueryLength:N0} are accepted.",
        { Documents: null or { Count: 0 } } => "'documents' is empty: send at least one.",
        { Documents.Count: > MaxDocuments } => $"'documents' has {request.Documents.Count:N0} documents; one request takes at most {MaxDocuments:N0}.",
        { TopN: < 1 } => "'top_n' is at least 1.",
        _ => request.Documents.Select(WhyRefused).FirstOrDefault(refusal => refusal is not null),
    };

    private static string? WhyRefused(string document, int index) => document switch
    {
        null => $"The document at index {index} is null.",
        { Length: > MaxLength } => $"The document at index {index} has {document.Length:N0} characters; at most {MaxLength:N0} are accepted. Split it.",
        _ => null,
    };
}
