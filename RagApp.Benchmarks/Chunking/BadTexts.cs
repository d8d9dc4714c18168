using RagApp.Parsing;

namespace RagApp.Benchmarks.Chunking;

/// <summary>Worst-case documents for chunking: each kind repeats one pattern that a naive step would scan again and again.</summary>
internal static class BadTexts
{
    /// <summary>Generators by name of the pattern; each takes the approximate number of characters.</summary>
    public static IReadOnlyDictionary<string, Func<int, IReadOnlyList<TextBlock>>> All { get; } =
        new Dictionary<string, Func<int, IReadOnlyList<TextBlock>>>(StringComparer.Ordinal)
        {
            ["one word"] = length => [Paragraph(Repeat("a", length))],
            ["one word of digits"] = length => [Paragraph(Repeat("7", length))],
            ["one line"] = length => [Paragraph(Repeat("some words ", length))],
            ["short and long words"] = length => [Paragraph(Repeat($"a {Repeat("b", 1_400)} ", length))],
            ["one item"] = length => [new TextBlock(BlockKind.ListItem, Repeat("word", length), 0, null)],
            ["short sentences"] = length => [Paragraph(Repeat("A. ", length))],
            ["ends without sentences"] = length => [Paragraph(Repeat(".)", length))],
            ["only spaces"] = length => [Paragraph(Repeat(" ", length))],
            ["only line ends"] = length => [Paragraph(Repeat("\n", length))],
            ["only full stops"] = length => [Paragraph(Repeat(".", length))],
            ["only punctuation"] = length => [Paragraph(Repeat("?!\"'-_;:,", length))],
            ["nested brackets"] = length => [Paragraph(Repeat("(", length / 2) + Repeat(")", length / 2))],
            ["marks on one letter"] = length => [Paragraph("e" + Repeat("\u0301", length - 1))],
            ["joined emoji"] = length => [Paragraph(Repeat("👩\u200D", length))],
            ["surrogate pairs"] = length => [Paragraph(Repeat("𝄞", length))],
            ["alternating scripts"] = length => [Paragraph(Repeat("aя中ب7ก한", length))],
            ["headings"] = length => [.. Many(length, 10, i => Heading("A heading.", 1))],
            ["nested headings"] = length => [.. Many(length, 10, i => Heading("A heading.", 1 + (i % 6)))],
            ["items"] = length => [.. Many(length, 2, _ => new TextBlock(BlockKind.ListItem, "an", 0, null))],
            ["one row of cells"] = length => [Row(Repeat("a | ", length))],
            ["rows of cells"] = length => [.. Many(length, 400, _ => Row(Repeat("a | ", 400)))],
            ["rows of one cell"] = length => [.. Many(length, 1, _ => Row("a"))],
            ["names over a wide row"] = length => [Row(Repeat("a: | ", length / 2)), Row(Repeat("1: | ", length / 2))],
            ["names over short rows"] = length => [Row(Repeat("name | ", length / 2)), .. Many(length / 2, 3, _ => Row("1.5"))],
            ["names over rows with names"] = length => [Row("b" + Repeat(" | a", length / 2)), .. Many(length / 2, 3, _ => Row("b: 1"))],
            ["colons in a cell"] = length => [Row("b | c"), Row("1 | " + Repeat("a: ", length))],
            ["one line of code"] = length => [new TextBlock(BlockKind.Code, Repeat("x", length), 0, null)],
            ["lines of code"] = length => [new TextBlock(BlockKind.Code, Repeat("}\n", length), 0, null)],
        };

    private static TextBlock Paragraph(string text) => new(BlockKind.Paragraph, text, 0, null);

    private static TextBlock Heading(string text, int level) => new(BlockKind.Heading, text, level, null);

    private static TextBlock Row(string text) => new(BlockKind.TableRow, text, 0, null);

    private static IEnumerable<TextBlock> Many(int length, int each, Func<int, TextBlock> make) => Enumerable.Range(0, length / each).Select(make);

    private static string Repeat(string pattern, int length) => string.Create(length / pattern.Length * pattern.Length, pattern, static (text, pattern) =>
    {
        for (var at = 0; at < text.Length; at += pattern.Length)
            pattern.CopyTo(text[at..]);
    });
}
