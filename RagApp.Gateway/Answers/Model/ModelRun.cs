using System.Diagnostics;
using System.Globalization;
using System.Runtime.CompilerServices;
using System.Text;
using Microsoft.Extensions.AI;
using RagApp.Contracts.Answers;
using RagApp.Contracts.Search;
using RagApp.Gateway.Answers.Extractive;
using RagApp.Gateway.Answers.Model.Support;
using RagApp.Models.Chat;
using RagApp.Storage.Analysis;

namespace RagApp.Gateway.Answers.Model;

/// <summary>
/// What has come of one model call so far. Text is passed on at once; a citation when its passage bears out the
/// sentence before it, under a new number in the order of the text; any other is taken out and remembered.
/// </summary>
internal sealed class ModelRun(Question question, PackedPrompt prompt, ChatModel model, CitationCheck check, ITextAnalysis analysis)
{
    /// <summary>No language needs more: text beyond that comes from an endpoint that keeps no limit.</summary>
    private const int MostCharactersPerToken = 8;

    private readonly CitationReader _reader = new(prompt.Passages.Count);
    private readonly StringBuilder _said = new();
    private readonly Dictionary<(string DocumentId, int Ordinal), int> _numbers = [];
    private readonly List<UnsupportedCitation> _unsupported = [];
    private readonly UsageDetails _usage = new();
    private string _statement = "";
    private int _sinceCitation;

    /// <summary>True when the model's limit ended the answer, or ought to have.</summary>
    public bool IsTruncated { get; private set; }

    public async IAsyncEnumerable<AnswerEvent> ReadAsync(
        ChatResponseUpdate update, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        foreach (var usage in update.Contents.OfType<UsageContent>())
            _usage.Add(usage.Details);
        await foreach (var next in ReadAsync(_reader.Read(update.Text), cancellationToken))
            yield return next;
        IsTruncated |= update.FinishReason == ChatFinishReason.Length || _said.Length / MostCharactersPerToken > model.MaxOutputTokens;
    }

    public async IAsyncEnumerable<AnswerEvent> FinishAsync([EnumeratorCancellation] CancellationToken cancellationToken)
    {
        await foreach (var next in ReadAsync(_reader.Finish(), cancellationToken))
            yield return next;
        if (_numbers.Count == 0)
            yield return new AnswerEvent.Withdrawn(IAnswerer.NotFound);
    }

    public AnswerEvent Summarise(string answerer) => new AnswerEvent.Done(new AnswerSummary(
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
    });

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

        using var activity = Spans.Start(Spans.Stages.CheckCitations)?.SetTag(Spans.Tags.Citations, passages.Count);
        var judged = await check.CheckAsync(statement, [.. passages.Select(index => prompt.Passages[index])], prompt.Passages, cancellationToken);
        activity?.SetTag(Spans.Tags.Unsupported, judged.Count(citation => citation.Lacking is not null));
        _unsupported.AddRange(judged.Where(citation => citation.Lacking is not null).Select(citation => new UnsupportedCitation(
            citation.Passage.DocumentId, citation.Passage.Ordinal, citation.Passage.Title, statement.Text, citation.Lacking!)));
        return judged.Where(citation => citation.Lacking is null).Select(citation => citation.Passage).ToList();
    }

    /// <summary>The last sentence since the citation before; the same as before where there is none in between.</summary>
    private string StatementOf(string said)
    {
        if (SentenceSplitter.Split(said[_sinceCitation..]) is [.., { } last])
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
