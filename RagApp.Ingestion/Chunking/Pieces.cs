using System.Globalization;
using RagApp.Parsing;
using RagApp.Text;
using RagApp.Text.Sentences;

namespace RagApp.Ingestion.Chunking;

/// <summary>
/// Splits blocks into pieces that fit into a chunk. A row or list item stays whole if it fits; otherwise it is split
/// into sentences, then cells of a row, then words. A word is cut only when it is longer than a chunk. A chunk that begins inside a table, a row or a list begins
/// with what names it: the column names, the first cell, the sentence above the list.
/// </summary>
internal static class Pieces
{
    private const string CellBorder = " | ";
    private const string NextParagraph = "\n\n";
    private const string NextLine = "\n";
    private const string NextWord = " ";

    /// <summary>Largest number of characters of a first cell or an introduction that is repeated.</summary>
    private const int LongestRepeated = 200;

    /// <summary>The pieces of a section. Consecutive rows form a table.</summary>
    public static IEnumerable<Piece> Of(IReadOnlyList<TextBlock> blocks)
    {
        string? introduction = null;
        for (var start = 0; start < blocks.Count;)
        {
            var table = blocks.Skip(start).TakeWhile(block => block.Kind == BlockKind.TableRow).ToList();
            var notes = blocks.Skip(start + table.Count).TakeWhile(block => table.Count > 0 && block.Kind == BlockKind.TableNote).ToList();
            var pieces = table.Count > 0 ? OfTable(table, notes) : Of(blocks[start]);
            var introduces = Introduces(blocks, start);
            foreach (var piece in pieces)
                yield return introduces ? piece with { StaysWithNext = true } : blocks[start].Kind == BlockKind.ListItem && introduction is not null ? piece with { Header = [introduction] } : piece;
            introduction = introduces ? blocks[start].Text : blocks[start].Kind == BlockKind.ListItem ? introduction : null;
            start += Math.Max(1, table.Count + notes.Count);
        }
    }

    /// <summary>True for a sentence that ends with a colon above a list.</summary>
    private static bool Introduces(IReadOnlyList<TextBlock> blocks, int at) => blocks[at] is { Kind: BlockKind.Paragraph, Text: { Length: <= LongestRepeated } text }
        && text[^1] is ':' or '：' && at + 1 < blocks.Count && blocks[at + 1].Kind == BlockKind.ListItem;

    /// <summary>The pieces of a table and of the notes below it, which need its column names like a row.</summary>
    private static IEnumerable<Piece> OfTable(List<TextBlock> rows, List<TextBlock> notes)
    {
        var read = TableHeader.Read([.. rows.Select(row => row.Text)]);
        string[] below = [.. read[^1].Header.Select(name => rows[name].Text)];
        return OfRows(rows, read).Concat(notes.SelectMany(Of).Select(piece => piece with { Header = below }));
    }

    private static IEnumerable<Piece> OfRows(List<TextBlock> rows, IReadOnlyList<TableRow> read) =>
        rows.SelectMany((row, at) =>
        {
            string[] header = [.. read[at].Header.Select(name => rows[name].Text)];
            return ChunkSize.Fits(row.Text) || read[at].IsHeader
                ? Of(row).Select(piece => piece with { Header = header, StaysWithNext = read[at].IsHeader })
                : OfLongRow(row, header);
        });

    /// <summary>The pieces of a row that does not fit: each cell with the name of its column, and the first cell again in every chunk.</summary>
    private static IEnumerable<Piece> OfLongRow(TextBlock row, string[] header)
    {
        var cells = row.Text.Split(CellBorder, StringSplitOptions.RemoveEmptyEntries);
        var names = header.Length > 0 ? header[^1].Split(CellBorder, StringSplitOptions.RemoveEmptyEntries) : [];
        var isNamed = names.Length == cells.Length;
        string[] repeated = [.. isNamed ? [] : header, .. cells[0].Length <= LongestRepeated ? [cells[0]] : Array.Empty<string>()];
        var gap = NextLine;
        for (var at = 0; at < cells.Length; at++)
        {
            foreach (var (fitting, cut) in Fit(isNamed && at > 0 ? $"{names[at]}: {cells[at]}" : cells[at]))
            {
                yield return new Piece(fitting, gap, row.Page) { Header = at == 0 ? header : repeated };
                gap = cut;
            }
            gap = CellBorder;
        }
    }

    private static IEnumerable<Piece> Of(TextBlock block)
    {
        var gap = block.Kind == BlockKind.Paragraph ? NextParagraph : NextLine;
        foreach (var (text, inner) in Parts(block))
        {
            foreach (var (fitting, cut) in Fit(text))
            {
                yield return new Piece(fitting, gap, block.Page);
                gap = cut;
            }
            gap = inner;
        }
    }

    /// <summary>The parts of a block, with the separator between them.</summary>
    private static IEnumerable<(string Text, string Gap)> Parts(TextBlock block) => block.Kind switch
    {
        _ when block.Kind != BlockKind.Paragraph && ChunkSize.Fits(block.Text) => [(block.Text, NextLine)],
        BlockKind.TableRow => block.Text.Split(CellBorder, StringSplitOptions.RemoveEmptyEntries).Select(cell => (cell, CellBorder)),
        BlockKind.Code => block.Text.Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(line => (line, NextLine)),
        _ => Sentences(block.Text),
    };

    /// <summary>The sentences, each with the white space after it.</summary>
    private static IEnumerable<(string Text, string Gap)> Sentences(string text)
    {
        var sentences = SentenceSplitter.Split(text, SentenceRules.ForPassages).ToList();
        return sentences.Select((sentence, at) => (sentence.Text, at + 1 < sentences.Count ? text[sentence.End..sentences[at + 1].Start] : ""));
    }

    /// <summary>The whole text when it fits, otherwise runs of words that fit, each with the separator after it.</summary>
    private static IEnumerable<(string Text, string Gap)> Fit(string text)
    {
        if (ChunkSize.Fits(text))
        {
            yield return (text, "");
            yield break;
        }
        for (var start = 0; start < text.Length;)
        {
            var end = start + LengthOfFittingRun(text.AsSpan(start));
            var next = EndOfSpace(text, end);
            if (text[start..end].Trim() is { Length: > 0 } run)
                yield return (run, next > end ? NextWord : "");
            start = next;
        }
    }

    /// <summary>
    /// Length of the longest run of words that fits; a first word that is too long is cut. Looks no further than the
    /// length of a chunk, so that a long word is not read again at every cut.
    /// </summary>
    private static int LengthOfFittingRun(ReadOnlySpan<char> text)
    {
        var reach = text[..Math.Min(text.Length, ChunkSize.MaxCharacters + 1)];
        var length = 0;
        double words = 0;
        while (length < reach.Length)
        {
            var next = EndOfWord(reach, length);
            words += WordMeasure.Words(reach[length..next]);
            if (words > ChunkSize.MaxWords || next > ChunkSize.MaxCharacters)
                break;
            length = next;
        }
        return length > 0 ? length : LengthOfCut(text);
    }

    private static int EndOfWord(ReadOnlySpan<char> text, int start)
    {
        var end = EndOfSpace(text, start);
        while (end < text.Length && !char.IsWhiteSpace(text[end]))
            end++;
        return end;
    }

    private static int EndOfSpace(ReadOnlySpan<char> text, int start)
    {
        var end = start;
        while (end < text.Length && char.IsWhiteSpace(text[end]))
            end++;
        return end;
    }

    /// <summary>Length at which a word too long for a chunk is cut: after a grapheme cluster, or inside a cluster that is itself too long.</summary>
    private static int LengthOfCut(ReadOnlySpan<char> text)
    {
        const int DenseCharacters = (int)(ChunkSize.MaxWords * 2); // a cut of this length always fits
        var reach = text[..Math.Min(text.Length, DenseCharacters + 1)];
        var length = 0;
        while (length < reach.Length && !char.IsWhiteSpace(reach[length]))
        {
            var next = length + StringInfo.GetNextTextElementLength(reach[length..]);
            if (next > DenseCharacters)
                break;
            length = next;
        }
        return length > 0 ? length : Truncation.LengthOfHead(text, DenseCharacters);
    }
}
