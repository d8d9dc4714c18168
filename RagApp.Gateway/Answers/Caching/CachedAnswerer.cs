using System.Diagnostics;
using System.Runtime.CompilerServices;
using RagApp.Contracts.Answers;
using RagApp.Gateway.Answers.Model;
using RagApp.Models.Chat;

namespace RagApp.Gateway.Answers.Caching;

/// <summary>Gives a kept answer again, and has the model answer when there is none.</summary>
internal sealed class CachedAnswerer(ModelAnswerer answerer, ChatModel model, AnswerCache cache) : IAnswerer
{
    public async IAsyncEnumerable<AnswerEvent> AnswerAsync(Question question, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var search = await cache.SearchAsync(question, model, cancellationToken);
        var events = search?.Hit is { } hit ? GiveAgain(hit, search).ToAsyncEnumerable() : AnswerAnewAsync(question, search, cancellationToken);
        await foreach (var next in events.WithCancellation(cancellationToken))
            yield return next;
    }

    private async IAsyncEnumerable<AnswerEvent> AnswerAnewAsync(
        Question question, CacheSearch? search, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var recording = new AnswerRecording();
        await foreach (var next in answerer.AnswerAsync(question, cancellationToken))
        {
            recording.Observe(next);
            if (search is not null && next is AnswerEvent.Done)
                await cache.KeepAsync(search, recording, cancellationToken);
            yield return next;
        }
    }

    private IEnumerable<AnswerEvent> GiveAgain(CacheHit hit, CacheSearch search)
    {
        yield return new AnswerEvent.Token(hit.Answer.Text) { IsWhole = true };
        foreach (var (number, mark) in hit.Answer.Citations)
            yield return new AnswerEvent.Cited(Quote.Whole(search.Found[mark]).ToCitation(number));
        yield return new AnswerEvent.Done(new AnswerSummary(
            "model", model.Id, Found: true, PassagesUsed: hit.Answer.Given.Count, PassagesLeftOut: 0, PromptTokens: 0, CompletionTokens: 0,
            Activity.Current?.TraceId.ToString())
        {
            Unsupported = hit.Answer.Unsupported,
            Cached = new AnswerFromCache(hit.Answer.MadeAt, hit.IsSimilar),
        });
    }
}
