using System.Runtime.CompilerServices;
using Microsoft.Extensions.AI;
using Microsoft.Extensions.Options;
using RagApp.Contracts.Search;
using RagApp.Gateway.Answers.Extractive;
using RagApp.Gateway.Answers.Model.Support;
using RagApp.Gateway.Answers.Reading;
using RagApp.Models;
using RagApp.Models.Chat;
using RagApp.Text.Analysis;

namespace RagApp.Gateway.Answers.Model;

/// <summary>
/// Answers with a chat model from the passages; only citations that their passages support are passed on. The reader looks at the passages first: the model
/// is given those that answer best, and is not called when none does.
/// </summary>
internal sealed class ModelAnswerer(
    ChatModel model, PromptBuilder prompts, CitationCheck check, ITextAnalysis analysis, QuestionReader reader, PlaceRanker ranker,
    Wording wording, IOptions<ReadingOptions> reading) : IAnswerer
{
    private const string Name = "model";

    /// <summary>Name of the feature in the metrics and reports of model calls.</summary>
    private const string Feature = "answers";

    public async IAsyncEnumerable<AnswerEvent> AnswerAsync(
        Question question, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var read = await reader.ReadAsync(question, cancellationToken);
        var prompt = await BuildPromptAsync(question with { Hits = Answering(question, read) }, cancellationToken);
        var run = new ModelRun(question, prompt, model, check, analysis, wording);
        if (prompt.Passages.Count > 0)
        {
            var settings = new ChatOptions { MaxOutputTokens = model.MaxOutputTokens };
            using var client = model.ClientFor(ModelCaller.Of(question.Principal, Feature));
            await foreach (var update in client.GetStreamingResponseAsync(prompt.Messages, settings, cancellationToken))
            {
                await foreach (var next in run.ReadAsync(update, cancellationToken))
                    yield return next;
                if (run.IsCutOff)
                    break;
            }
            await foreach (var next in run.FinishAsync(cancellationToken))
                yield return next;
        }
        else
            yield return new AnswerEvent.Token(wording.NotFound(question)) { IsWhole = true };
        var done = run.Summarise(Name);
        yield return done with { Summary = done.Summary with { Reading = read.Record } };
    }

    /// <summary>The hits that answer best, first; none when nothing answers; the search's own order without the reader.</summary>
    private IReadOnlyList<SearchHit> Answering(Question question, PassagesRead read)
    {
        var places = ranker.Rank(question, read);
        if (places.Count == 0)
            return question.Hits;
        if (ranker.Confidence(question, places[0]) < reading.Value.MinConfidenceForModel)
            return [];
        var best = places.GroupBy(place => place.Passage).ToDictionary(group => group.Key, group => group.Max(place => place.Score));
        return
        [
            .. question.Candidates
                .OrderByDescending(hit => (hit.Parts ?? [hit]).Max(part => best.GetValueOrDefault(part, double.NegativeInfinity)))
                .Take(question.Hits.Count),
        ];
    }

    private async Task<PackedPrompt> BuildPromptAsync(Question question, CancellationToken cancellationToken)
    {
        using var activity = Spans.Source.StartActivity(Spans.Stages.Pack);
        var prompt = await prompts.BuildAsync(model, question, cancellationToken);
        activity?.SetTag(Spans.Tags.PassagesUsed, prompt.Passages.Count)
            .SetTag(Spans.Tags.PassagesLeftOut, prompt.LeftOut.Count)
            .SetTag(Spans.Tags.MessagesLeftOut, prompt.HistoryLeftOut);
        return prompt;
    }
}
