using System.Globalization;
using System.Text;
using RagApp.Contracts.Search;

namespace RagApp.Gateway.Answers.Model;

/// <summary>
/// Reads the markers <c>[3]</c>, <c>[1, 4]</c> and <c>[1][4]</c> in streamed text, also when a marker is split between pieces.
/// Consecutive markers form one group; numbers of no passage are dropped.
/// </summary>
/// <param name="passages">Passages of the prompt; more may be added while the answer is read.</param>
internal sealed class CitationReader(IReadOnlyCollection<SearchHit> passages)
{
    private const int LongestMarker = 32;

    // Text that is known to be no marker.
    private readonly StringBuilder _text = new();

    // The beginning of a possible marker, held back until it is complete, and the space before it.
    private readonly StringBuilder _space = new();
    private readonly StringBuilder _marker = new();

    // The current group of numbers, and the space before it; null outside a group.
    private List<int>? _group;
    private string _spaceBeforeGroup = "";

    /// <summary>Reads the next piece and returns the text and citations that are complete.</summary>
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

    /// <summary>Returns the rest that was held back.</summary>
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
        _group.AddRange(named.Where(number => number >= 1 && number <= passages.Count).Select(number => number - 1).Except(_group));
        _space.Clear();
        _marker.Clear();
    }

    /// <summary>Ends the current group and treats held-back characters as text.</summary>
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

    /// <summary>Reads the numbers of <c>1, 4</c>, one or two digits each; null for anything else, such as a year.</summary>
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

/// <summary>A piece of text and the passages cited directly behind it.</summary>
/// <param name="Space">White space between the text and its markers.</param>
/// <param name="Passages">Positions of the cited passages in the prompt, from 0; empty when the text cites none.</param>
internal sealed record CitedText(string Text, string Space, IReadOnlyList<int> Passages);
