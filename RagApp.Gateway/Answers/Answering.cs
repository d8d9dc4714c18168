using System.Diagnostics;
using System.Runtime.CompilerServices;
using RagApp.Contracts.Answers;
using RagApp.Contracts.Identity;
using RagApp.Contracts.Search;

namespace RagApp.Gateway.Answers;

/// <summary>
/// One answer from the question on: search under the caller's permissions, then whichever answerer was asked for.
/// What the query router answers itself, help and small talk, is passed on as it is.
/// </summary>
internal sealed class Answering(SearchClient search, Answerers answerers, Telemetry telemetry)
{
    private const int DefaultTop = 8;

    public async IAsyncEnumerable<AnswerEvent> AnswerAsync(
        Principal principal, AnswerRequest request, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        using var measure = telemetry.StartAnswer();
        var answerer = answerers.For(request.Model);
        var found = await search.SearchAsync(principal, ToSearch(request), cancellationToken);
        var events = found.Reply is { } reply
            ? PassOn(reply).ToAsyncEnumerable()
            : answerer.AnswerAsync(ToQuestion(principal, request, found), cancellationToken);

        await foreach (var next in events.WithCancellation(cancellationToken))
        {
            measure.Observe(next);
            yield return next is AnswerEvent.Done { Summary: var summary } ? new AnswerEvent.Done(summary with { Explain = found.Explain }) : next;
        }
    }

    private static Question ToQuestion(Principal principal, AnswerRequest request, SearchResponse found) =>
        new(principal, request.Question, found.Hits, request.History ?? [])
        {
            Understood = found.Explain.Rewrites is { } rewrites ? rewrites.Corrected ?? rewrites.Condensed ?? request.Question : request.Question,
        };

    private static SearchRequest ToSearch(AnswerRequest request) => new(request.Question, request.Top ?? DefaultTop)
    {
        Filters = request.Filters,
        FindFilters = request.FindFilters,
        History = request.History,
    };

    private static IEnumerable<AnswerEvent> PassOn(string reply) =>
    [
        new AnswerEvent.Token(reply),
        new AnswerEvent.Done(new AnswerSummary(
            "router", Model: null, Found: true, PassagesUsed: 0, PassagesLeftOut: 0, PromptTokens: null, CompletionTokens: null,
            Activity.Current?.TraceId.ToString())),
    ];
}
