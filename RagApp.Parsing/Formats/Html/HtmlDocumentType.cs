using System.Text.RegularExpressions;
using RagApp.Parsing.Formats.Archives;

namespace RagApp.Parsing.Formats.Html;

/// <summary>Removes the declarations inside a document type, which HTML does not have and XHTML may have: <c>&lt;!DOCTYPE html [ &lt;!ATTLIST p id ID #IMPLIED> ]></c>.</summary>
internal static partial class HtmlDocumentType
{
    /// <exception cref="ParseRefusedException">They define entities.</exception>
    public static string Strip(string page)
    {
        if (Declarations().Match(page) is not { Success: true } type)
            return page;
        SafeXml.RequireNoEntities(type.Groups["inner"].Value);
        return page.Remove(type.Groups["inner"].Index - 1, type.Groups["inner"].Length + 2);
    }

    [GeneratedRegex(@"^\s*(<\?[^>]*>\s*)?(<!--.*?-->\s*)*<!DOCTYPE[^>\[]*\[(?<inner>[^\]]*)\]", RegexOptions.IgnoreCase | RegexOptions.Singleline | RegexOptions.ExplicitCapture, 2000)]
    private static partial Regex Declarations();
}
