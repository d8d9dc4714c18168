using System.Text;

namespace RagApp.Parsing.Formats.Runs;

/// <summary>
/// Writes a formula on one line, from the elements of Office formulas and of MathML:
/// <code>
/// f / num, den     F/d^2          sSup / e, sup   d^2         rad / deg, e   √(x + 1)
/// sSub / e, sub    v_0            nary            ∑_(i=1)^(n) i
/// </code>
/// </summary>
internal sealed class MathText
{
    /// <summary>Largest depth that is told apart; the text of deeper elements is joined, so that nesting costs nothing.</summary>
    private const int Deepest = 32;

    private readonly List<Part> _open = [new Part("")];
    private int _tooDeep;

    public bool IsOpen => _open.Count > 1;

    /// <param name="sign">The sign of a sum or the opening bracket of a group; null for the usual one.</param>
    public void Open(string element, string? sign = null)
    {
        if (_open.Count > Deepest)
            _tooDeep++;
        else
            _open.Add(new Part(element) { Sign = sign });
    }

    /// <summary>Names the sign or brackets of the open element.</summary>
    public void Sign(string? sign) => _open[^1].Sign = sign;

    public void Append(string text) => _open[^1].Text.Append(text);

    public void Close()
    {
        if (_tooDeep > 0)
        {
            _tooDeep--;
            return;
        }
        if (_open.Count == 1)
            return;
        var part = _open[^1];
        _open.RemoveAt(_open.Count - 1);
        var (text, around) = (Written(part), _open[^1]);
        around.Text.Append(text);
        around.Children.Add((part.Element, text));
    }

    /// <summary>Returns the formula and begins a new one.</summary>
    public string Take()
    {
        while (IsOpen)
            Close();
        var text = _open[0].Text.ToString();
        _open[0] = new Part("");
        return text;
    }

    private static string Written(Part part) => part.Element switch
    {
        "f" => $"{Group(part["num"])}/{Group(part["den"])}",
        "mfrac" => $"{Group(part[0])}/{Group(part[1])}",
        "sSup" => $"{part["e"]}^{Group(part["sup"])}",
        "msup" => $"{part[0]}^{Group(part[1])}",
        "sSub" => $"{part["e"]}_{Group(part["sub"])}",
        "msub" or "munder" => $"{part[0]}_{Group(part[1])}",
        "sSubSup" => $"{part["e"]}_{Group(part["sub"])}^{Group(part["sup"])}",
        "msubsup" or "munderover" => $"{part[0]}_{Group(part[1])}^{Group(part[2])}",
        "mover" => $"{part[0]}^{Group(part[1])}",
        "rad" => $"{part["deg"]}√{Group(part["e"])}",
        "msqrt" => $"√{Group(part.Text.ToString())}",
        "mroot" => $"{part[1]}√{Group(part[0])}",
        "nary" => (part.Sign ?? "∫") + Limit('_', part["sub"]) + Limit('^', part["sup"]) + " " + part["e"],
        "d" => $"{part.Sign ?? "("}{string.Join(", ", part.Children.Where(child => child.Element == "e").Select(child => child.Text))}{Closing(part.Sign)}",
        "func" => $"{part["fName"]} {part["e"]}",
        "mr" or "mtr" => string.Join(", ", part.Children.Select(child => child.Text)) + "; ",
        _ => part.Text.ToString(),
    };

    private static string Limit(char mark, string text) => text.Length == 0 ? "" : mark + Group(text);

    /// <summary>Puts brackets around what would otherwise be read as part of what is beside it.</summary>
    private static string Group(string text)
    {
        var trimmed = text.Trim();
        return trimmed.All(c => char.IsLetterOrDigit(c) || c is '.' or ',') || trimmed is ['-' or '−', _] || (trimmed.StartsWith('(') && trimmed.IndexOf(')', StringComparison.Ordinal) == trimmed.Length - 1)
            || (trimmed.Contains('^', StringComparison.Ordinal) && trimmed.All(c => char.IsLetterOrDigit(c) || c == '^'))
            ? trimmed : $"({trimmed})";
    }

    private static string Closing(string? opening) => opening switch
    {
        null or "(" => ")",
        "[" => "]",
        "{" => "}",
        _ => opening,
    };

    private sealed class Part(string element)
    {
        public string Element => element;

        public string? Sign { get; set; }

        public StringBuilder Text { get; } = new();

        public List<(string Element, string Text)> Children { get; } = [];

        public string this[string child] => Children.FirstOrDefault(found => found.Element == child).Text ?? "";

        public string this[int child] => child < Children.Count ? Children[child].Text : "";
    }
}
