using System.Globalization;
using System.Text;

namespace RagApp.Gateway.Answers.Model;

/// <summary>
/// Reads <c>[3]</c> and <c>[1, 4]</c> out of streamed text, however they are split between pieces. Passages are
/// numbered anew in the order they are cited; a marker that names no passage is removed with the space before it.
/// </summary>
internal sealed class CitationReader(int passages)
{
    private const int LongestMarker = 32;

    // What may turn out to be a marker is held back: the space before it, and the part of it that has arrived.
    private readonly StringBuilder _space = new();
    private readonly StringBuilder _marker = new();
    private readonly Dictionary<int, int> _numbers = [];

    /// <summary>Text that is certain after this piece, and the passages that it cites for the first time.</summary>
    public CitedText Read(string piece)
    {
        var text = new StringBuilder();
        var cited = new List<NewCitation>();
        foreach (var c in piece)
        {
            if (_marker.Length == 0)
                ReadText(c, text);
            else if (c == ']')
                EndMarker(text, cited);
            else if (_marker.Length < LongestMarker && (char.IsAsciiDigit(c) || c is ',' or ' '))
                _marker.Append(c);
            else
            {
                text.Append(Finish());
                ReadText(c, text);
            }
        }
        return new CitedText(text.ToString(), cited);
    }

    /// <summary>What was held back and is no marker.</summary>
    public string Finish()
    {
        var held = $"{_space}{_marker}";
        _space.Clear();
        _marker.Clear();
        return held;
    }

    private void ReadText(char c, StringBuilder text)
    {
        if (c == '[')
            _marker.Append(c);
        else if (char.IsWhiteSpace(c))
            _space.Append(c);
        else
            text.Append(Finish()).Append(c);
    }

    private void EndMarker(StringBuilder text, List<NewCitation> cited)
    {
        if (NumbersOf(_marker.ToString(1, _marker.Length - 1)) is not { } named)
        {
            text.Append(Finish()).Append(']');
            return;
        }

        foreach (var passage in named.Where(number => number >= 1 && number <= passages))
        {
            if (!_numbers.TryGetValue(passage, out var number))
            {
                number = _numbers.Count + 1;
                _numbers.Add(passage, number);
                cited.Add(new NewCitation(number, passage - 1));
            }
            text.Append(_space).Append(CultureInfo.InvariantCulture, $"[{number}]");
            _space.Clear();
        }
        _space.Clear();
        _marker.Clear();
    }

    /// <summary>The numbers of <c>1, 4</c>, of one or two digits each; null when it is anything else, such as a year.</summary>
    private static List<int>? NumbersOf(string inside)
    {
        var numbers = new List<int>();
        foreach (var part in inside.Split(',', StringSplitOptions.TrimEntries))
        {
            if (part.Length > 2 || !int.TryParse(part, NumberStyles.None, CultureInfo.InvariantCulture, out var number))
                return null;
            numbers.Add(number);
        }
        return numbers;
    }
}

internal sealed record CitedText(string Text, IReadOnlyList<NewCitation> Citations);

/// <param name="Number">Its number in the text, from 1.</param>
/// <param name="Passage">Index of the passage in the prompt, from 0.</param>
internal sealed record NewCitation(int Number, int Passage);
