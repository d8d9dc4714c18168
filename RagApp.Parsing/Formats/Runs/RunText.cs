using System.Text;

namespace RagApp.Parsing.Formats.Runs;

/// <summary>
/// The text of a paragraph or cell, put together from its runs. Every format writes in the same way what only its looks say:
/// <code>
/// 3.2 x 10&lt;sup>6&lt;/sup>       ->  3.2 x 10^6        (<see cref="RaisedAndLowered"/>)
/// EUR 500&lt;sup>1&lt;/sup>          ->  EUR 500 [1]
/// &lt;del>410&lt;/del> 430           ->  ~~410~~ 430
/// </code>
/// </summary>
internal sealed class RunText
{
    private const string StrikeMark = "~~";

    private readonly StringBuilder _text = new();
    private readonly StringBuilder _script = new();
    private Baseline _baseline;
    private bool _struck;
    private bool _strikeIsOpen;
    private bool _afterNoteMark;
    private bool _hasBold;
    private bool _hasPlain;

    public bool IsEmpty => _text.Length == 0 && _script.Length == 0;

    /// <summary>True when all of the text is bold, and there is some.</summary>
    public bool IsBold => _hasBold && !_hasPlain;

    public RunText Append(char character, RunStyle style = default) => Append(character.ToString(), style);

    public RunText Append(string text, RunStyle style = default)
    {
        if (text.Length == 0)
            return this;
        if (style.Baseline != _baseline || style.Struck != _struck)
            EndRun(next: text[0]);
        (_baseline, _struck) = (style.Baseline, style.Struck);
        if (!string.IsNullOrWhiteSpace(text))
            (_hasBold, _hasPlain) = (_hasBold || style.Bold, _hasPlain || !style.Bold);
        if (style.Baseline == Baseline.Normal)
            Write(text);
        else
            _script.Append(text);
        return this;
    }

    /// <summary>Returns the text and begins a new one.</summary>
    public string Take()
    {
        EndRun(next: '\0');
        var text = _text.ToString();
        _text.Clear();
        (_baseline, _struck, _afterNoteMark, _hasBold, _hasPlain) = (Baseline.Normal, false, false, false, false);
        return text;
    }

    /// <param name="next">The character after the run; NUL at the end.</param>
    private void EndRun(char next)
    {
        if (_script.Length > 0)
        {
            var script = _script.ToString();
            _script.Clear();
            var written = RaisedAndLowered.Write(_text, script, _baseline, next);
            Write(written);
            _afterNoteMark = written.EndsWith(']');
        }
        if (!_strikeIsOpen)
            return;
        var end = _text.Length;
        while (end > 0 && char.IsWhiteSpace(_text[end - 1]))
            end--;
        _text.Insert(end, StrikeMark);
        _strikeIsOpen = false;
    }

    private void Write(string text)
    {
        if (_afterNoteMark && char.IsLetterOrDigit(text[0]))
            _text.Append(' ');
        _afterNoteMark = false;
        var start = text.AsSpan().IndexOfAnyExcept(' ', '\t', '\n');
        if (!_struck || _strikeIsOpen || start < 0)
        {
            _text.Append(text);
            return;
        }
        _text.Append(text, 0, start).Append(StrikeMark).Append(text, start, text.Length - start);
        _strikeIsOpen = true;
    }
}
