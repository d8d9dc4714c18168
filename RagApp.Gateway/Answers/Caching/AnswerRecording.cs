using System.Text;
using RagApp.Contracts.Answers;

namespace RagApp.Gateway.Answers.Caching;

/// <summary>Collects the events of an answer that a model gives.</summary>
internal sealed class AnswerRecording
{
    /// <summary>Longest text that is kept, in characters; answers of usual length have a few thousand.</summary>
    private const int LongestText = 32_768;

    private readonly StringBuilder _text = new();
    private readonly List<Citation> _citations = [];
    private AnswerEvent.Done? _done;

    public void Observe(AnswerEvent next)
    {
        switch (next)
        {
            case AnswerEvent.Token token when _text.Length <= LongestText:
                _text.Append(token.Text);
                break;
            case AnswerEvent.Cited cited:
                _citations.Add(cited.Citation);
                break;
            case AnswerEvent.Done done:
                _done = done;
                break;
        }
    }

    /// <summary>The answer to keep; null for one that was cut, withdrawn, made of nothing, is too long, or whose summary warns of what a passage tried.</summary>
    public KeptAnswer? ToKept(CacheSearch search, DateTimeOffset now)
    {
        if (_done is not { Summary: { Found: true, Truncated: false, Suspicious: [], RemovedAddresses: 0 } summary } || _text.Length > LongestText)
            return null;
        var given = new PassageMarks(_done.Given);
        var cited = _citations.ConvertAll(citation => (citation.Number, Mark: given.Find(citation.DocumentId, citation.Version, citation.Ordinal)));
        return cited.Exists(citation => citation.Mark is null)
            ? null
            : new KeptAnswer(
                now, search.Question.Text, _text.ToString(), [.. search.Found.All], [.. given.All],
                cited.ConvertAll(citation => new KeptCitation(citation.Number, citation.Mark!)), summary.PromptTokens ?? 0, summary.CompletionTokens ?? 0)
            {
                Unsupported = summary.Unsupported,
            };
    }
}
