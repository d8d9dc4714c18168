using AngleSharp.Dom;
using RagApp.Parsing.Formats.Runs;

namespace RagApp.Parsing.Formats.Html;

/// <summary>Reads MathML: <c>&lt;mfrac>&lt;mi>F&lt;/mi>&lt;msup>&lt;mi>d&lt;/mi>&lt;mn>2&lt;/mn>&lt;/msup>&lt;/mfrac></c>. Does not recurse, like <see cref="HtmlWalker"/>.</summary>
internal static class HtmlMath
{
    private const string Relations = "=<>≤≥≈≠";

    public static string TextOf(IElement math)
    {
        var formula = new MathText();
        var open = new Stack<(INode Node, int NextChild)>([(math, 0)]);
        while (open.TryPop(out var top))
        {
            if (top.NextChild >= top.Node.ChildNodes.Length)
            {
                if (top.Node != math)
                    formula.Close();
                continue;
            }
            open.Push((top.Node, top.NextChild + 1));
            var child = top.Node.ChildNodes[top.NextChild];
            if (child is IText text)
                Append(formula, text.Data.Trim());
            else if (child is IElement { LocalName: not ("annotation" or "annotation-xml") } element)
            {
                formula.Open(element.LocalName);
                open.Push((element, 0));
            }
        }
        return formula.Take();
    }

    private static void Append(MathText formula, string text) =>
        formula.Append(text.Length == 1 && Relations.Contains(text[0], StringComparison.Ordinal) ? $" {text} " : text);
}
