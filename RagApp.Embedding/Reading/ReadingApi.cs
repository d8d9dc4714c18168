using System.Net;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.Extensions.Options;
using RagApp.Contracts.Http;
using RagApp.Contracts.Reading;
using RagApp.ServiceDefaults.Identity;

namespace RagApp.Embedding.Reading;

internal static class ReadingApi
{
    /// <summary>Longest passage, in characters: some ten windows of the reader.</summary>
    private const int MaxLength = 16_000;

    /// <summary>Longest question, in characters, as in the gateway.</summary>
    private const int MaxQuestionLength = 4000;

    public static void MapReading(this IEndpointRouteBuilder endpoints) => endpoints.MapPost("/v1/read", ReadAsync).RequireAuthorization();

    private static async Task<Ok<ReadResponse>> ReadAsync(
        CallerPrincipal caller, ReadRequest request, IOptions<ReaderOptions> options, IServiceProvider services, CancellationToken cancellationToken)
    {
        var reader = services.GetService<PassageReader>()
            ?? throw new ProblemException(HttpStatusCode.NotFound, $"There is no reader: {ReaderOptions.Section}:{nameof(ReaderOptions.Path)} is empty.");
        if (WhyRefused(request, options.Value.MaxPassages) is { } refusal)
            throw ProblemException.BadRequest(refusal);
        return TypedResults.Ok(await reader.ReadAsync(caller.Principal, request, cancellationToken));
    }

    private static string? WhyRefused(ReadRequest request, int maxPassages) => request switch
    {
        { Question: var question } when string.IsNullOrWhiteSpace(question) => "'question' is empty.",
        { Question.Length: > MaxQuestionLength } => $"'question' has {request.Question.Length:N0} characters; at most {MaxQuestionLength:N0} are accepted.",
        { Passages: null or { Count: 0 } } => "'passages' is empty: send at least one.",
        { Passages.Count: var count } when count > maxPassages => $"'passages' has {count} passages; one request takes at most {maxPassages}.",
        { Enough: < 0 or > 1 } => "'enough' lies between 0 and 1.",
        _ => request.Passages.Select(WhyRefused).FirstOrDefault(refusal => refusal is not null),
    };

    private static string? WhyRefused(PassageToRead passage, int index) => passage switch
    {
        { Text.Length: > MaxLength } => $"The passage at index {index} has {passage.Text.Length:N0} characters; at most {MaxLength:N0} are read. Split it.",
        { Context.Length: > MaxLength } => $"The context at index {index} has {passage.Context.Length:N0} characters; at most {MaxLength:N0} are accepted.",
        _ => null,
    };
}
