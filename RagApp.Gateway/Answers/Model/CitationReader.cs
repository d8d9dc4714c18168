using System.Globalization;
using System.Text;
using System.Text.RegularExpressions;

namespace RagApp.Gateway.Answers.Model;

/// <summary>
/// Reads <c>[3]</c> and <c>[1, 4]</c> out of streamed text, however they are split between pieces. Passages are
/// numbered anew in the order they are cited; a marker that names no passage is removed with the space before it.
/// </summary>
internal sealed partial class CitationReader(int passages)
{
    private readonly StringBuilder _pending = new();
    private readonly Dictionary<int, int> _numbers = [];

    /// <summary>Text that is certain after this piece, and the passages (from 0) that it cites for the first time.</summary>
    public CitedText Read(string piece)
    {
        var text = new StringBuilder();
        var cited = new List<NewCitation>();
        foreach (var c in piece)
        {
            _pending.Append(c);
            if (c == ']' && Marker().Match(_pending.ToString()) is { Success: true } marker)
            {
                Resolve(marker, text, cited);
                _pending.Clear();
            }
            else if (!MayBecomeMarker().IsMatch(_pending.ToString()))
            {
                Release(c, text);
            }
        }
        return new CitedText(text.ToString(), cited);
    }

    /// <summary>What was held back at the end of the stream.</summary>
    public string Finish()
    {
        var rest = _pending.ToString();
        _pending.Clear();
        return rest;
    }

    /// <summary>Lets go of what is no marker, but keeps the last character when one can begin with it.</summary>
    private void Release(char last, StringBuilder text)
    {
        var keep = last == '[' || char.IsWhiteSpace(last) ? 1 : 0;
        text.Append(_pending, 0, _pending.Length - keep);
        _pending.Remove(0, _pending.Length - keep);
    }

    private void Resolve(Match marker, StringBuilder text, List<NewCitation> cited)
    {
        var space = marker.Groups["space"].Value;
        foreach (Capture capture in marker.Groups["number"].Captures)
        {
            var named = int.Parse(capture.ValueSpan, NumberStyles.None, CultureInfo.InvariantCulture);
            if (named < 1 || named > passages)
                continue;
            if (!_numbers.TryGetValue(named, out var number))
            {
                number = _numbers.Count + 1;
                _numbers.Add(named, number);
                cited.Add(new NewCitation(number, named - 1));
            }
            text.Append(space).Append(CultureInfo.InvariantCulture, $"[{number}]");
            space = "";
        }
    }

    [GeneratedRegex(@"^(?<space>\s*)\[\s*(?<number>[0-9]{1,2})(\s*,\s*(?<number>[0-9]{1,2}))*\s*\]$", RegexOptions.ExplicitCapture | RegexOptions.CultureInvariant)]
    private static partial Regex Marker();

    [GeneratedRegex(@"^\s{0,8}(\[[0-9, ]{0,32})?$", RegexOptions.ExplicitCapture | RegexOptions.CultureInvariant)]
    private static partial Regex MayBecomeMarker();
}

internal sealed record CitedText(string Text, IReadOnlyList<NewCitation> Citations);

/// <param name="Number">Its number in the text, from 1.</param>
/// <param name="Passage">Index of the passage in the prompt, from 0.</param>
internal sealed record NewCitation(int Number, int Passage);
