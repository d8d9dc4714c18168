using System.Collections.Frozen;
using System.Text.RegularExpressions;
using RagApp.Text;

namespace RagApp.Parsing.Formats.Tables;

/// <summary>Recognizes the notes below a table: <c>* from May on</c>, <c>1) without VAT</c>, <c>Source: harbour office</c>.</summary>
internal static partial class TableNotes
{
    /// <summary>Fewest characters of a sentence below a table that is a note without a mark.</summary>
    private const int ShortestSentence = 40;

    /// <summary>Words before a colon with which notes begin.</summary>
    private static readonly FrozenSet<string> Words = FrozenSet.Create(StringComparer.OrdinalIgnoreCase,
        "note", "notes", "source", "sources", "remark", "remarks", "legend", "key", "anmerkung", "anmerkungen", "hinweis", "hinweise", "quelle", "quellen", "legende", "fußnote",
        "remarque", "remarques", "légende", "nota", "notas", "fuente", "fuentes", "fonte", "fonti", "bron", "opmerking", "uwaga", "uwagi", "źródło", "примечание", "источник",
        "kilde", "merknad", "källa", "not", "kaynak", "注", "資料", "出典", "来源", "주");

    /// <summary>The text of a row that may be a note: of its only cell, or of a mark and the cell beside it; null for other rows.</summary>
    public static string? Text(IReadOnlyList<TableCell> row) => row switch
    {
        [var cell] when !TableCells.IsValue(cell.Text.Trim()) || Mark().IsMatch(cell.Text) => cell.Text,
        [var mark, var text] when BareMark().IsMatch(mark.Text.Trim()) && text.Text.Count(char.IsLetter) > 2 => $"{mark.Text.Trim()} {text.Text}",
        _ => null,
    };

    public static bool IsNote(IReadOnlyList<TableCell> row) => Text(row) is { } text && IsNote(text.Trim());

    public static bool IsNote(string text) => Mark().IsMatch(text)
        || (text.IndexOfAny([':', '：']) is > 0 and var colon && Words.Contains(text[..colon].Trim()))
        || (text.Length >= ShortestSentence && text[^1] is '.' or '。' && text.Contains(' ', StringComparison.Ordinal));

    [GeneratedRegex(@"^(\*{1,4}|[†‡§]{1,3}|\(?\d{1,2}\)|\[\d{1,2}\]|\(?[a-z]\)|[¹²³⁴-⁹])\s*[\p{L}""'(]", RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture, 2000)]
    private static partial Regex Mark();

    [GeneratedRegex(@"^(\*{1,4}|[†‡§]{1,3}|\(?\d{1,2}\)|\[\d{1,2}\]|\(?[a-z]\)|[¹²³⁴-⁹])$", RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture, 2000)]
    private static partial Regex BareMark();
}
