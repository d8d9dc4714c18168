using System.Diagnostics;
using System.Runtime.CompilerServices;
using Microsoft.Extensions.Options;
using RagApp.Contracts.Answers;
using RagApp.Contracts.Search;
using RagApp.Gateway.Answers.Reading;
using RagApp.Text;

namespace RagApp.Gateway.Answers.Extractive;

/// <summary>
/// Answers without a model: quotes the places of the passages that answer best, or says that no place is good enough. The reader finds the places; without
/// a reader they are single sentences that are compared with the question.
/// </summary>
internal sealed class ExtractiveAnswerer(
    QuestionReader reader, PlaceRanker ranker, SentenceRanker sentences, Wording wording, IOptions<ExtractiveOptions> options, IOptions<ReadingOptions> reading)
    : IAnswerer
{
    private const string Name = "extractive";

    public async IAsyncEnumerable<AnswerEvent> AnswerAsync(
        Question question, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var read = await reader.ReadAsync(question, cancellationToken);
        var passages = read.IsAbsent ? Pack(question) : [.. read.All.Select(pair => pair.Passage)];
        IReadOnlyList<Quote> quotes = question.UnknownCodes.Count > 0 ? []
            : read.IsAbsent ? await QuoteSentencesAsync(question, passages, cancellationToken)
            : QuotePlaces(question, read);

        yield return new AnswerEvent.Token(quotes.Count == 0 ? wording.NotFound(question) : wording.Lead(question, quotes)) { IsWhole = true };
        for (var i = 0; i < quotes.Count; i++)
        {
            yield return new AnswerEvent.Token($"\n\n“{Show(quotes[i])}” [{i + 1}]") { IsWhole = true };
            yield return new AnswerEvent.Cited(quotes[i].ToCitation(i + 1));
        }
        yield return new AnswerEvent.Done(new AnswerSummary(
            Name,
            Model: null,
            Found: quotes.Count > 0,
            passages.Count,
            PassagesLeftOut: question.Passages.Count - passages.Count,
            PromptTokens: null,
            CompletionTokens: null,
            Activity.Current?.TraceId.ToString())
        {
            Reading = read.Record,
        });
    }

    /// <summary>Takes the best passages, as many as the options allow.</summary>
    private List<SearchHit> Pack(Question question)
    {
        using var activity = Spans.Source.StartActivity(Spans.Stages.Pack);
        var passages = question.Passages.Take(options.Value.Passages).ToList();
        activity?.SetTag(Spans.Tags.PassagesUsed, passages.Count)
            .SetTag(Spans.Tags.PassagesLeftOut, question.Passages.Count - passages.Count);
        return passages;
    }

    private IReadOnlyList<Quote> QuotePlaces(Question question, PassagesRead read)
    {
        using var activity = Spans.Source.StartActivity(Spans.Stages.ChooseQuotes);
        var places = ranker.Rank(question, read);
        IReadOnlyList<Quote> quotes = places.Count == 0 || ranker.Confidence(question, places[0]) < reading.Value.MinConfidence
            ? []
            : [.. PlaceRanker.Choose(places, options.Value.MaxQuotes).Select(place => place.Quote)];
        activity?.SetTag(Spans.Tags.Quotes, quotes.Count);
        return quotes;
    }

    private async Task<IReadOnlyList<Quote>> QuoteSentencesAsync(Question question, List<SearchHit> passages, CancellationToken cancellationToken)
    {
        using var activity = Spans.Source.StartActivity(Spans.Stages.ChooseQuotes);
        var ranked = await sentences.RankAsync(question, passages, options.Value.MaxQuotes, cancellationToken);
        IReadOnlyList<Quote> quotes = ranked.Confidence < options.Value.MinScore
            ? []
            : SentenceSelection.Join(SentenceSelection.Choose(ranked.Sentences, options.Value.MaxQuotes));
        activity?.SetTag(Spans.Tags.Sentences, ranked.Sentences.Count).SetTag(Spans.Tags.Quotes, quotes.Count);
        return quotes;
    }

    /// <summary>Removes the line breaks of wrapped text; rows of a table, items of a list and the text above a quote keep their lines.</summary>
    private static string Show(Quote quote)
    {
        var lines = quote.Text.Split('\n', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);
        return quote.Above is not null || Array.Exists(lines, line => TableHeader.IsRow(line) || ListItem.IsOne(line))
            ? string.Join('\n', lines.Select(OnOneLine))
            : OnOneLine(quote.Text);
    }

    private static string OnOneLine(string text) =>
        string.Join(' ', text.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries));
}
