using System.Diagnostics;
using System.Runtime.CompilerServices;
using Microsoft.Extensions.Options;
using RagApp.Contracts.Answers;
using RagApp.Contracts.Search;

namespace RagApp.Gateway.Answers.Extractive;

/// <summary>
/// Answers without a model: quotes the sentences of the passages that best answer, says that it quotes, and
/// says so when none is good enough.
/// </summary>
internal sealed class ExtractiveAnswerer(SentenceRanker ranker, IOptions<ExtractiveOptions> options) : IAnswerer
{
    private const string Name = "extractive";
    private const string Lead = "From your documents:";

    public async IAsyncEnumerable<AnswerEvent> AnswerAsync(
        Question question, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var passages = Pack(question);
        var quotes = await ReadAsync(question, passages, cancellationToken);

        yield return new AnswerEvent.Token(quotes.Count == 0 ? IAnswerer.NotFound : Lead);
        for (var i = 0; i < quotes.Count; i++)
        {
            yield return new AnswerEvent.Token($"\n\n“{Show(quotes[i])}” [{i + 1}]");
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
            Activity.Current?.TraceId.ToString()));
    }

    /// <summary>The passages that are read: the best ones, as many as the settings allow.</summary>
    private List<SearchHit> Pack(Question question)
    {
        using var activity = Spans.Start(Spans.Stages.Pack);
        var passages = question.Passages.Take(options.Value.Passages).ToList();
        activity?.SetTag(Spans.Tags.PassagesUsed, passages.Count)
            .SetTag(Spans.Tags.PassagesLeftOut, question.Passages.Count - passages.Count);
        return passages;
    }

    private async Task<IReadOnlyList<Quote>> ReadAsync(Question question, List<SearchHit> passages, CancellationToken cancellationToken)
    {
        using var activity = Spans.Start(Spans.Stages.Read);
        var ranked = await ranker.RankAsync(question, passages, options.Value.MaxSentences, cancellationToken);
        IReadOnlyList<Quote> quotes = ranked.Confidence < options.Value.MinScore
            ? []
            : SentenceSelection.Join(SentenceSelection.Choose(ranked.Sentences, options.Value.MaxSentences));
        activity?.SetTag(Spans.Tags.PassagesUsed, passages.Count)
            .SetTag(Spans.Tags.Sentences, ranked.Sentences.Count)
            .SetTag(Spans.Tags.Quotes, quotes.Count);
        return quotes;
    }

    /// <summary>Without the line breaks of wrapped text; rows of a table keep their lines.</summary>
    private static string Show(Quote quote)
    {
        var lines = quote.Text.Split('\n', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);
        return Array.Exists(lines, line => TableHeaders.IsRow(line)) ? string.Join('\n', lines.Select(OnOneLine)) : OnOneLine(quote.Text);
    }

    private static string OnOneLine(string text) =>
        string.Join(' ', text.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries));
}
