namespace RagApp.Ingestion.Parsing.Formats.Rtf;

/// <summary>The control words that say what a group holds.</summary>
internal static class RtfDestinations
{
    /// <summary>Groups marked <c>\*</c> are for programs that know them; these of them are text.</summary>
    private static readonly HashSet<string> MarkedButText = new(StringComparer.Ordinal) { "shpinst", "shptxt", "ud", "nesttableprops", "annotation", "footnote" };

    private static readonly HashSet<string> NoText = new(StringComparer.Ordinal)
    {
        "colortbl", "pict", "objdata", "themedata", "colorschememapping", "datastore", "listtable", "listoverridetable",
        "rsidtbl", "generator", "xmlnstbl", "latentstyles", "fldinst", "bkmkstart", "bkmkend", "revtbl", "filetbl", "mmathPr",
        "wgrffmtfilter", "pgdsctbl", "nonshppict", "sp", "pntext", "listtext", "pn", "xe", "tc", "atnid", "atnauthor", "atndate",
        "atnref", "atrfstart", "atrfend", "objclass", "objname", "template", "ftnsep", "ftnsepc", "aftnsep", "aftnsepc", "htmltag", "upr", "background",
    };

    /// <summary>Stories beside the main one, and what is written in front of their text; null for other words.</summary>
    public static string? Story(string word) => word switch
    {
        "footnote" or "shptxt" => "",
        "annotation" => "Comment: ",
        "header" or "headerl" or "headerr" or "headerf" or "footer" or "footerl" or "footerr" or "footerf" => "",
        _ => null,
    };

    public static bool IsPageLine(string word) => word.StartsWith("header", StringComparison.Ordinal) || word.StartsWith("footer", StringComparison.Ordinal);

    /// <summary>Null when the word does not change what the group is.</summary>
    public static RtfDestination? Of(string word, bool marked, RtfDestination around) => word switch
    {
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
