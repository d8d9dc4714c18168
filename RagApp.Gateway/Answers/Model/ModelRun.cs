using System.Diagnostics;
using System.Globalization;
using System.Runtime.CompilerServices;
using System.Text;
using Microsoft.Extensions.AI;
using RagApp.Contracts.Answers;
using RagApp.Contracts.Search;
using RagApp.Gateway.Answers.Extractive;
using RagApp.Gateway.Answers.Model.Guard;
using RagApp.Gateway.Answers.Model.Support;
using RagApp.Models.Chat;
using RagApp.Text.Analysis;

namespace RagApp.Gateway.Answers.Model;

/// <summary>
/// State of one answer of a model. Text is passed on at once, as far as <see cref="AnswerGuard"/> lets it. A citation is passed on when its passage supports the sentence before it,
/// and is renumbered in the order of the text; any other citation is removed and recorded.
/// </summary>
internal sealed class ModelRun(Question question, PackedPrompt prompt, ChatModel model, CitationCheck check, ITextAnalysis analysis, Wording wording)
{
    /// <summary>Largest number of characters of a token in any language; a longer answer shows that the endpoint ignored the token limit.</summary>
    private const int MostCharactersPerToken = 8;

    private readonly GuardedText _guarded = GuardedText.Of(prompt);
    private readonly CitationReader _reader = new(prompt.Passages);
    private readonly StringBuilder _said = new();
    private readonly Dictionary<(string DocumentId, int Ordinal), int> _numbers = [];
    private readonly List<UnsupportedCitation> _unsupported = [];
    private readonly UsageDetails _usage = new();
    private string _statement = "";
    private int _sinceCitation;

    /// <summary>True when the model stopped at its token limit, or wrote more than the limit allows.</summary>
    public bool IsTruncated { get; private set; }

    /// <summary>True when nothing more of the model is to be read, since it ignores its token limit or repeats its instructions.</summary>
    public bool IsCutOff { get; private set; }

    public async IAsyncEnumerable<AnswerEvent> ReadAsync(
        ChatResponseUpdate update, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        foreach (var usage in update.Contents.OfType<UsageContent>())
            _usage.Add(usage.Details);
        await foreach (var next in ReadAsync(_reader.Read(_guarded.Add(update.Text)), cancellationToken))
            yield return next;
        IsTruncated |= update.FinishReason == ChatFinishReason.Length || _said.Length / MostCharactersPerToken > model.MaxOutputTokens;
        IsCutOff |= _guarded.HasEcho || (IsTruncated && update.FinishReason is null);
    }

    public async IAsyncEnumerable<AnswerEvent> FinishAsync([EnumeratorCancellation] CancellationToken cancellationToken)
    {
        await foreach (var next in ReadAsync([.. _reader.Read(_guarded.Finish()), .. _reader.Finish()], cancellationToken))
            yield return next;
        if (_guarded.HasEcho)
            _numbers.Clear();
        if (_numbers.Count == 0)
            yield return new AnswerEvent.Withdrawn(_guarded.HasEcho ? wording.Withheld(question.Text) : wording.NotFound(question));
    }

    public AnswerEvent.Done Summarise(string answerer) => new AnswerEvent.Done(new AnswerSummary(
        answerer,
        model.Id,
        Found: _numbers.Count > 0,
        prompt.Passages.Count,
        prompt.LeftOut.Count,
        (int?)_usage.InputTokenCount,
        (int?)_usage.OutputTokenCount,
        Activity.Current?.TraceId.ToString())
    {
        LeftOut = prompt.LeftOut,
        HistoryLeftOut = prompt.HistoryLeftOut,
        Unsupported = _unsupported,
        Truncated = IsTruncated,
        Suspicious = prompt.Suspicious,
        RemovedAddresses = _guarded.RemovedAddresses,
        Withheld = _guarded.HasEcho ? "The model repeated its instructions." : null,
    })
    {
        Given = prompt.Passages,
    };

    private async IAsyncEnumerable<AnswerEvent> ReadAsync(
        IReadOnlyList<CitedText> read, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        foreach (var (text, space, passages) in read)
        {
            _said.Append(text);
            var marks = new StringBuilder();
            var citations = new List<Citation>();
            foreach (var passage in await BorneOutAsync(passages, cancellationToken))
            {
                if (NumberOf(passage, out var number))
                    citations.Add(Quote.Whole(passage).ToCitation(number));
                marks.Append(CultureInfo.InvariantCulture, $"{(marks.Length == 0 ? space : "")}[{number}]");
            }
            if (text.Length + marks.Length > 0)
                yield return new AnswerEvent.Token($"{text}{marks}");
            foreach (var citation in citations)
                yield return new AnswerEvent.Cited(citation);
        }
    }

    private async Task<IEnumerable<SearchHit>> BorneOutAsync(IReadOnlyList<int> passages, CancellationToken cancellationToken)
    {
        if (passages.Count == 0)
            return [];
        var said = _said.ToString();
        var statement = new Statement(question.Principal, StatementOf(said), analysis.DetectLanguage($"{question.Text}\n{said}"), question.Text);
        _sinceCitation = said.Length;

        using var activity = Spans.Source.StartActivity(Spans.Stages.CheckCitations)?.SetTag(Spans.Tags.Citations, passages.Count);
        var judged = await check.CheckAsync(statement, [.. passages.Select(index => prompt.Passages[index])], prompt.Passages, cancellationToken);
        activity?.SetTag(Spans.Tags.Unsupported, judged.Count(citation => citation.Lacking is not null));
        _unsupported.AddRange(judged.Where(citation => citation.Lacking is not null).Select(citation => new UnsupportedCitation(
            citation.Passage.DocumentId, citation.Passage.Ordinal, citation.Passage.Title, statement.Text, citation.Lacking!)));
        return judged.Where(citation => citation.Lacking is null).Select(citation => citation.Passage).ToList();
    }

    /// <summary>The last sentence since the previous citation, or the sentence of that citation when there is no text in between.</summary>
    private string StatementOf(string said)
    {
        if (QuotableSentences.Of(said[_sinceCitation..]) is [.., { } last])
            _statement = last.Text;
        return _statement;
    }

    private bool NumberOf(SearchHit passage, out int number)
    {
        if (_numbers.TryGetValue((passage.DocumentId, passage.Ordinal), out number))
            return false;
        number = _numbers.Count + 1;
        _numbers.Add((passage.DocumentId, passage.Ordinal), number);
        return true;
    }
}
