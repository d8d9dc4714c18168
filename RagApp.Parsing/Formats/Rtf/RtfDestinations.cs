namespace RagApp.Parsing.Formats.Rtf;

/// <summary>The control words that declare the content of a group.</summary>
internal static class RtfDestinations
{
    /// <summary>Groups that are text although they are marked <c>\*</c>, which means that programs may ignore them.</summary>
    private static readonly HashSet<string> MarkedButText = new(StringComparer.Ordinal) { "shpinst", "shptxt", "ud", "nesttableprops", "annotation", "footnote" };

    private static readonly HashSet<string> NoText = new(StringComparer.Ordinal)
    {
        "colortbl", "pict", "objdata", "themedata", "colorschememapping", "datastore", "listtable", "listoverridetable",
        "rsidtbl", "generator", "xmlnstbl", "latentstyles", "fldinst", "bkmkstart", "bkmkend", "revtbl", "filetbl", "mmathPr",
        "wgrffmtfilter", "pgdsctbl", "nonshppict", "sp", "pn", "xe", "tc", "atnid", "atnauthor", "atndate",
        "atnref", "atrfstart", "atrfend", "objclass", "objname", "template", "ftnsep", "ftnsepc", "aftnsep", "aftnsepc", "htmltag", "upr", "background",
    };

    /// <summary>The label written in front of a secondary story, such as a note or a comment; null for words that do not begin one.</summary>
    public static string? Story(string word) => word switch
    {
        "footnote" or "shptxt" => "",
        "annotation" => "Comment: ",
        "header" or "headerl" or "headerr" or "headerf" or "footer" or "footerl" or "footerr" or "footerf" => "",
        _ => null,
    };

    public static bool IsPageLine(string word) => word.StartsWith("header", StringComparison.Ordinal) || word.StartsWith("footer", StringComparison.Ordinal);

    /// <summary>The destination that a word declares; null when it declares none.</summary>
    public static RtfDestination? Of(string word, bool marked, RtfDestination around) => word switch
    {
        "pntext" or "listtext" => RtfDestination.ListNumber,
        "fonttbl" => RtfDestination.Fonts,
        "stylesheet" => RtfDestination.Styles,
        "info" => RtfDestination.Information,
        "title" when around == RtfDestination.Information => RtfDestination.Title,
        "author" when around == RtfDestination.Information => RtfDestination.Author,
        "creatim" when around == RtfDestination.Information => RtfDestination.Created,
        "revtim" when around == RtfDestination.Information => RtfDestination.Modified,
        "ud" => RtfDestination.Text,
        _ when NoText.Contains(word) => RtfDestination.Skipped,
        _ when marked && !MarkedButText.Contains(word) => RtfDestination.Skipped,
        _ => null,
    };
}
