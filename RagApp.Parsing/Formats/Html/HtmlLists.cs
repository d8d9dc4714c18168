using System.Globalization;
using AngleSharp.Dom;
using RagApp.Parsing.Formats.Runs;

namespace RagApp.Parsing.Formats.Html;

/// <summary>
/// Counts the items of the open lists as browsers do, and keeps the terms of definition lists for what defines them:
/// <code>
/// &lt;ol start=3>&lt;li>Oil                 ->  3. Oil
/// &lt;dt>Ballast&lt;dd>Weight in the keel   ->  Ballast: Weight in the keel
/// </code>
/// </summary>
internal sealed class HtmlLists
{
    private readonly Stack<OpenList> _lists = new();
    private readonly List<string> _terms = [];
    private string _mark = "";

    public void Open(IElement list)
    {
        var ordered = list.LocalName == "ol";
        var reversed = ordered && list.HasAttribute("reversed");
        var first = reversed ? list.Children.Count(child => child.LocalName == "li") : 1;
        _lists.Push(new OpenList(ordered, list.GetAttribute("type") ?? "1", reversed ? -1 : 1) { Next = NumberOf(list, "start") ?? first });
    }

    public void Close() => _lists.TryPop(out _);

    public void OpenItem(IElement item)
    {
        _mark = "";
        if (!_lists.TryPeek(out var list) || !list.IsOrdered)
            return;
        var number = NumberOf(item, "value") ?? list.Next;
        list.Next = number + list.Step;
        _mark = Format(list.Type, number) + ".";
    }

    /// <summary>The number of the item, for its first text; empty for none.</summary>
    public string TakeMark()
    {
        var mark = _mark;
        _mark = "";
        return mark;
    }

    public void AddTerm(string term)
    {
        if (CleanText.OneLine(term).TrimEnd(':') is { Length: > 0 } clean)
            _terms.Add(clean);
    }

    /// <summary>The terms that no definition has followed yet; empty for none.</summary>
    public string TakeTerms()
    {
        var terms = string.Join(", ", _terms);
        _terms.Clear();
        return terms;
    }

    private static string Format(string type, int number) => type switch
    {
        "a" => Numerals.Letters(number),
        "A" => Numerals.UpperLetters(number),
        "i" => Numerals.Roman(number),
        "I" => Numerals.UpperRoman(number),
        _ => Numerals.Decimal(number),
    };

    private static int? NumberOf(IElement element, string attribute) =>
        int.TryParse(element.GetAttribute(attribute), NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var number) ? Math.Clamp(number, -1_000_000, 1_000_000) : null;

    private sealed class OpenList(bool ordered, string type, int step)
    {
        public bool IsOrdered => ordered;

        public string Type => type;

        public int Step => step;

        public int Next { get; set; }
    }
}
