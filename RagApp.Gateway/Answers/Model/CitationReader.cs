using System.Globalization;
using System.Text;

namespace RagApp.Gateway.Answers.Model;

/// <summary>
/// Reads <c>[3]</c>, <c>[1, 4]</c> and <c>[1][4]</c> out of streamed text, however they are split between pieces.
/// Markers that follow each other are one group; numbers that name no passage are dropped.
/// </summary>
internal sealed class CitationReader(int passages)
{
    private const int LongestMarker = 32;

    // What is certain.
    private readonly StringBuilder _text = new();

    // What may turn out to be a marker is held back: the space before it, and the part of it that has arrived.
    private readonly StringBuilder _space = new();
    private readonly StringBuilder _marker = new();

    // The group so far, and the space before it; null outside a group.
    private List<int>? _group;
    private string _spaceBeforeGroup = "";

    /// <summary>What is certain after this piece.</summary>
    public IReadOnlyList<CitedText> Read(string piece)
    {
        var read = new List<CitedText>();
        foreach (var c in piece)
        {
            if (_marker.Length == 0)
                ReadText(c, read);
            else if (c == ']')
                EndMarker(read);
            else if (_marker.Length < LongestMarker && (char.IsAsciiDigit(c) || c is ',' or ' '))
                _marker.Append(c);
            else
            {
                AppendHeld(read);
                ReadText(c, read);
            }
        }
        if (_text.Length > 0)
            read.Add(TakeText());
        return read;
    }

    /// <summary>What was held back.</summary>
    public IReadOnlyList<CitedText> Finish()
    {
        var read = new List<CitedText>();
        AppendHeld(read);
        if (_text.Length > 0)
            read.Add(TakeText());
        return read;
    }

    private void ReadText(char c, List<CitedText> read)
    {
        if (c == '[')
            _marker.Append(c);
        else if (char.IsWhiteSpace(c))
            _space.Append(c);
        else
        {
            AppendHeld(read);
            _text.Append(c);
        }
    }

    private void EndMarker(List<CitedText> read)
    {
        if (NumbersOf(_marker.ToString(1, _marker.Length - 1)) is not { } named)
        {
            AppendHeld(read);
            _text.Append(']');
            return;
        }

        if (_group is null)
        {
            _group = [];
            _spaceBeforeGroup = _space.ToString();
        }
        _group.AddRange(named.Where(number => number >= 1 && number <= passages).Select(number => number - 1).Except(_group));
        _space.Clear();
        _marker.Clear();
    }

    /// <summary>Ends the group, if there is one, and takes what was held back for text.</summary>
    private void AppendHeld(List<CitedText> read)
    {
        if (_group is not null)
        {
            read.Add(TakeText() with { Space = _spaceBeforeGroup, Passages = _group });
            _group = null;
        }
        _text.Append(_space).Append(_marker);
        _space.Clear();
        _marker.Clear();
    }

    private CitedText TakeText()
    {
        var text = _text.ToString();
        _text.Clear();
        return new CitedText(text, "", []);
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

/// <summary>Text, and the passages that are cited right behind it.</summary>
/// <param name="Space">What stands between the text and its markers.</param>
/// <param name="Passages">Indexes of passages in the prompt, from 0; empty when nothing is cited here.</param>
internal sealed record CitedText(string Text, string Space, IReadOnlyList<int> Passages);
