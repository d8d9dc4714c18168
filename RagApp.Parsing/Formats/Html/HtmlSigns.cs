using System.Text.RegularExpressions;

namespace RagApp.Parsing.Formats.Html;

/// <summary>Tells web pages from other text.</summary>
internal static partial class HtmlSigns
{
    /// <param name="named">True when the file's name also says that it is HTML.</param>
    public static bool AreIn(FileSample sample, bool named)
    {
        if (sample.XmlRoot is { } root)
            return root is "html" or "HTML";
        return sample.Text is { } text && (Begin(text) || (named && Tag().IsMatch(text)));
    }

    /// <summary>True when the text begins with a fragment of HTML and not with a whole page.</summary>
    public static bool BeginFragment(string text) => Begin(text) && !WholePage().IsMatch(text);

    /// <summary>True when the text begins with an HTML element.</summary>
    public static bool Begin(string text) => HtmlStart().IsMatch(text);

    [GeneratedRegex(@"^\s*(<!--.*?-->\s*)*<(!doctype\s+html|html|head|body|title|meta|div|p|h[1-6]|table|article|main|section|span|ul|ol|script|style)\b",
        RegexOptions.IgnoreCase | RegexOptions.Singleline, 2000)]
    private static partial Regex HtmlStart();

    [GeneratedRegex(@"<(!doctype\s+html|html|body)\b", RegexOptions.IgnoreCase, 2000)]
    private static partial Regex WholePage();

    [GeneratedRegex(@"</?[a-z][a-z0-9]*[\s/>]", RegexOptions.IgnoreCase, 2000)]
    private static partial Regex Tag();
}
