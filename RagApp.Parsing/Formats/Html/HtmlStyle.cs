using AngleSharp.Dom;
using RagApp.Parsing.Formats.Runs;

namespace RagApp.Parsing.Formats.Html;

/// <summary>The looks of an element's text, by its tag or its style, on top of those of the element around it.</summary>
internal static class HtmlStyle
{
    public static RunStyle Of(IElement element, RunStyle around)
    {
        var style = element.LocalName switch
        {
            "sup" => around with { Baseline = Baseline.Super },
            "sub" => around with { Baseline = Baseline.Sub },
            "del" or "s" or "strike" => around with { Struck = true },
            "b" or "strong" => around with { Bold = true },
            _ => around,
        };
        return element.GetAttribute("style") is { Length: > 0 } rules ? ByRules(rules.Replace(" ", "", StringComparison.Ordinal), style) : style;
    }

    private static RunStyle ByRules(string rules, RunStyle style)
    {
        if (Has(rules, "vertical-align:super"))
            style = style with { Baseline = Baseline.Super };
        else if (Has(rules, "vertical-align:sub"))
            style = style with { Baseline = Baseline.Sub };
        if (Has(rules, "line-through"))
            style = style with { Struck = true };
        if (Has(rules, "font-weight:bold") || Has(rules, "font-weight:7"))
            style = style with { Bold = true };
        return style;
    }

    private static bool Has(string rules, string rule) => rules.Contains(rule, StringComparison.OrdinalIgnoreCase);
}
