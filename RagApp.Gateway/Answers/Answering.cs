using System.Runtime.CompilerServices;
using RagApp.Contracts.Answers;
using RagApp.Contracts.Identity;
using RagApp.Contracts.Search;

namespace RagApp.Gateway.Answers;

/// <summary>One answer from the question on: search under the caller's permissions, then whichever answerer is configured.</summary>
internal sealed class Answering(SearchClient search, IAnswerer answerer, Telemetry telemetry)
{
    private const int DefaultTop = 8;

    public async IAsyncEnumerable<AnswerEvent> AnswerAsync(
        Principal principal, AnswerRequest request, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        using var measure = telemetry.StartAnswer();
        var found = await search.SearchAsync(
            principal, new SearchRequest(request.Question, request.Top ?? DefaultTop), cancellationToken);

        var question = new Question(principal, request.Question, found.Hits);
        await foreach (var next in answerer.AnswerAsync(question, cancellationToken))
        {
            measure.Observe(next);
            yield return next;
        }
    }
}
