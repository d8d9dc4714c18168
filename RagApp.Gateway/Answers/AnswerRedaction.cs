using System.Runtime.CompilerServices;
using RagApp.Contracts.Answers;
using RagApp.Contracts.Search;
using RagApp.Dlp.Streams;
using RagApp.Gateway.Redacting;

namespace RagApp.Gateway.Answers;

/// <summary>
/// Hides confidential data in the events of one answer. Text is held back while something confidential may have begun, and so is a citation behind such text;
/// a quote stays in one piece, so that the page can show it by its citation.
/// What the tenant's policy blocks withholds the whole answer.
/// </summary>
internal sealed class AnswerRedaction(Redactor redactor, string withheld)
{
    private const string WithheldByPolicy = "It has data that the policy of this organisation blocks.";

    private readonly Queue<(long Behind, AnswerEvent.Cited Event)> _citations = [];
    private TextInTheMaking _text = redactor.Start();
    private long _said;
    private bool _isWithheld;

    public async IAsyncEnumerable<AnswerEvent> HideAsync(IAsyncEnumerable<AnswerEvent> events, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        await foreach (var next in events.WithCancellation(cancellationToken))
        {
            foreach (var shown in Hide(next))
            {
                if (!redactor.IsBlocked)
                    yield return shown;
                else if (!_isWithheld)
                {
                    _isWithheld = true;
                    yield return new AnswerEvent.Withdrawn(withheld);
                }
                if (shown is AnswerEvent.Done { Summary: var summary } && redactor.IsBlocked)
                    yield return new AnswerEvent.Done(summary with { Found = false, Withheld = WithheldByPolicy });
            }
        }
    }

    /// <summary>The events that can be passed on with the next one. An answer that is withheld is read to its end, whose summary tells what it cost.</summary>
    private IEnumerable<AnswerEvent> Hide(AnswerEvent next)
    {
        switch (next)
        {
            case AnswerEvent.Token token:
                _said += token.Text.Length;
                return Behind(token.IsWhole ? _text.Add(token.Text) + _text.Finish() : _text.Add(token.Text));
            case AnswerEvent.Cited cited:
                _citations.Enqueue((_said, cited));
                return Behind("");
            case AnswerEvent.Withdrawn withdrawn:
                (_text, _said) = (redactor.Start(), 0);
                _citations.Clear();
                return [new AnswerEvent.Withdrawn(redactor.Hide(withdrawn.Text))];
            case AnswerEvent.Progress { What: var what }:
                return [new AnswerEvent.Progress(what with { About = redactor.Hide(what.About) })];
            case AnswerEvent.Done { Summary: var summary }:
                List<AnswerEvent> rest = [.. Behind(_text.Finish())];
                return [.. rest, new AnswerEvent.Done(Hide(summary) with { Hidden = redactor.Hidden })];
            default:
                return [next];
        }
    }

    /// <summary>Text that can be passed on, and the citations that stand behind it.</summary>
    private IEnumerable<AnswerEvent> Behind(string text)
    {
        if (text.Length > 0)
            yield return new AnswerEvent.Token(text);
        while (_citations.TryPeek(out var citation) && citation.Behind <= _text.Released)
            yield return new AnswerEvent.Cited(Hide(_citations.Dequeue().Event.Citation));
    }

    private Citation Hide(Citation citation)
    {
        var quote = redactor.Hide(citation.Quote);
        return citation with
        {
            Title = redactor.Hide(citation.Title),
            Path = redactor.Hide(citation.Path),
            Section = redactor.Hide(citation.Section),
            Quote = quote,
            Answer = quote == citation.Quote ? citation.Answer : null, // its positions are those of the quote as it was
        };
    }

    private AnswerSummary Hide(AnswerSummary summary) => summary with
    {
        Suspicious = [.. summary.Suspicious.Select(passage => passage with { Title = redactor.Hide(passage.Title) })],
        LeftOut = [.. summary.LeftOut.Select(passage => passage with { Title = redactor.Hide(passage.Title) })],
        Unsupported =
        [
            .. summary.Unsupported.Select(citation => citation with
            {
                Title = redactor.Hide(citation.Title), Statement = redactor.Hide(citation.Statement), Reason = redactor.Hide(citation.Reason),
            }),
        ],
        Explain = summary.Explain is { Rewrites: { } rewrites } explain ? explain with { Rewrites = Hide(rewrites) } : summary.Explain,
    };

    private SearchRewrites Hide(SearchRewrites rewrites) => rewrites with
    {
        Corrected = redactor.HideIn(rewrites.Corrected),
        Condensed = redactor.HideIn(rewrites.Condensed),
        Expanded = [.. rewrites.Expanded.Select(redactor.Hide)],
        More = [.. rewrites.More.Select(redactor.Hide)],
    };
}
