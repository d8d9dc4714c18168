using System.Text;
using Microsoft.AspNetCore.Http.HttpResults;
using RagApp.Contracts.Answers;
using RagApp.Contracts.Http;
using RagApp.Gateway.Authentication.Keys;
using RagApp.Gateway.Draining;
using RagApp.ServiceDefaults.Identity;

namespace RagApp.Gateway.Answers;

internal static class AnswersApi
{
    private const string EventStream = "text/event-stream";
    private const int MaxQuestionLength = 4000;
    private const int MaxTop = 50;

    public static RouteHandlerBuilder MapAnswers(this IEndpointRouteBuilder routes) =>
        routes.MapPost("/v1/answers", AnswerAsync)
            .RequireAuthorization()
            .WithScope(KeyScope.Read)
            .WithTags("Answers")
            .WithName("answer")
            .WithSummary("Ask a question")
            .ProducesProblem(StatusCodes.Status400BadRequest)
            .ProducesProblem(StatusCodes.Status429TooManyRequests)
            .ProducesProblem(StatusCodes.Status502BadGateway);

    /// <summary>
    /// Waits for the first event before the response begins, so that an earlier failure gets its own status code; a later failure is
    /// sent as an <c>error</c> event.
    /// </summary>
    private static async Task<Results<Ok<AnswerResponse>, ServerSentEventsResult<string>>> AnswerAsync(
        CallerPrincipal caller, AnswerRequest request, HttpRequest http, Answering answering, Drain drain, ILogger<Answering> logger,
        CancellationToken cancellationToken)
    {
        if (WhatIsWrong(request) is { } error)
            throw ProblemException.BadRequest(error);

        var events = drain.WatchAsync(work => answering.AnswerAsync(caller.Principal, request, work), cancellationToken);
        return request.Stream || WantsStream(http)
            ? TypedResults.ServerSentEvents(await AnswerStream.StartAsync(events, logger, cancellationToken))
            : TypedResults.Ok(await CollectAsync(events));
    }

    private static async Task<AnswerResponse> CollectAsync(IAsyncEnumerable<AnswerEvent> events)
    {
        var text = new StringBuilder();
        var citations = new List<Citation>();
        AnswerSummary? summary = null;
        await foreach (var next in events)
        {
            switch (next)
            {
                case AnswerEvent.Token token:
                    text.Append(token.Text);
                    break;
                case AnswerEvent.Cited cited:
                    citations.Add(cited.Citation);
                    break;
                case AnswerEvent.Withdrawn withdrawn:
                    text.Clear().Append(withdrawn.Text);
                    citations.Clear();
                    break;
                case AnswerEvent.Done done:
                    summary = done.Summary;
                    break;
            }
        }
        return new AnswerResponse(text.ToString(), citations, summary!);
    }

    private static bool WantsStream(HttpRequest http) =>
        http.GetTypedHeaders().Accept.Any(type => type.MediaType.Equals(EventStream, StringComparison.OrdinalIgnoreCase));

    private static string? WhatIsWrong(AnswerRequest request) => request switch
    {
        { Question: var question } when string.IsNullOrWhiteSpace(question) => "The question is empty: 'question' takes 1 to 4,000 characters.",
        { Question.Length: > MaxQuestionLength } => $"The question has {request.Question.Length:N0} characters; at most {MaxQuestionLength:N0} are accepted.",
        { Top: < 1 or > MaxTop } => $"'top' is {request.Top}; it lies between 1 and {MaxTop}.",
        _ => null,
    };
}
