using System.Text;
using System.Text.RegularExpressions;

namespace RagApp.Gateway.Answers.Agentic;

/// <summary>
/// Tells the text of an answer from what a model says beside its tool calls. Text is held back until it cites a passage, or until its round ends without
/// a tool call; text of a round with tool calls that cites nothing is dropped.
/// </summary>
/// <param name="most">Largest number of characters that are held back.</param>
internal sealed partial class AnswerDraft(int most)
{
    private readonly StringBuilder _held = new();
    private bool _isAnswer;
    private bool _hasAnswered;

    /// <summary>Takes the next piece; returns what is certain to belong to the answer.</summary>
    /// <param name="isLast">True when the model may call no more tools.</param>
    public string Take(string piece, bool isLast)
    {
        _held.Append(piece);
        if (!_isAnswer && _held.Length > 0 && (isLast || _held.Length > most || CitationStart().IsMatch(_held.ToString())))
        {
            _isAnswer = true;
            if (_hasAnswered)
                _held.Insert(0, "\n\n");
            _hasAnswered = true;
        }
        return _isAnswer ? Rest() : "";
    }

    /// <summary>Says that the model calls a tool, so that what follows is held back again.</summary>
    public void ToolCalled()
    {
        if (!_isAnswer)
            _held.Clear();
        _isAnswer = false;
    }

    /// <summary>Returns what is held back, since the answer has ended.</summary>
    public string Rest()
    {
        var rest = _held.ToString();
        _held.Clear();
        return rest;
    }

    [GeneratedRegex(@"\[\d", RegexOptions.CultureInvariant, matchTimeoutMilliseconds: 2000)]
    private static partial Regex CitationStart();
}
