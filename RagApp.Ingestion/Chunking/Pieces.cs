using System.Globalization;
using RagApp.Ingestion.Parsing;
using RagApp.Storage.Analysis;

namespace RagApp.Ingestion.Chunking;

/// <summary>
/// Takes blocks apart at the best border that makes the parts fit: a row or an item stays whole if it can, then
/// sentences, then the cells of a row, then words, and only a word that is longer than a chunk is cut itself.
/// </summary>
internal static class Pieces
{
    private const string CellBorder = " | ";
    private const string NextParagraph = "\n\n";
    private const string NextLine = "\n";
    private const string NextWord = " ";

    /// <summary>The pieces of a section. Rows that follow each other are a table.</summary>
    public static IEnumerable<Piece> Of(IReadOnlyList<TextBlock> blocks)
    {
        for (var start = 0; start < blocks.Count;)
        {
            var table = blocks.Skip(start).TakeWhile(block => block.Kind == BlockKind.TableRow).ToList();
            foreach (var piece in table.Count > 0 ? OfTable(table) : Of(blocks[start]))
                yield return piece;
            start += Math.Max(1, table.Count);
        }
    }

    private static IEnumerable<Piece> OfTable(List<TextBlock> rows)
    {
        var names = TableHeader.CountRows([.. rows.Select(row => row.Text)]);
        var header = string.Join(NextLine, rows.Take(names).Select(row => row.Text));
        return rows.Take(names).SelectMany(Of)
            .Concat(rows.Skip(names).SelectMany(Of).Select(piece => piece with { Header = header }));
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

    /// <summary>Parts of a block with what stands between them.</summary>
    private static IEnumerable<(string Text, string Gap)> Parts(TextBlock block) => block.Kind switch
    {
        _ when block.Kind != BlockKind.Paragraph && ChunkSize.Fits(block.Text) => [(block.Text, NextLine)],
        BlockKind.TableRow => block.Text.Split(CellBorder, StringSplitOptions.RemoveEmptyEntries).Select(cell => (cell, CellBorder)),
        BlockKind.Code => block.Text.Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(line => (line, NextLine)),
        _ => Sentences.Split(block.Text),
    };

    /// <summary>The text itself when it fits, else runs of words that do, with what stands after each.</summary>
    private static IEnumerable<(string Text, string Gap)> Fit(string text)
    {
        if (ChunkSize.Fits(text))
        {
            yield return (text, "");
            yield break;
        }
        var start = 0;
        while (start < text.Length)
        {
            var end = EndOfFittingRun(text, start);
            var atSpace = end < text.Length && char.IsWhiteSpace(text[end]);
            yield return (text[start..end].Trim(), atSpace ? NextWord : "");
            start = end;
            while (start < text.Length && char.IsWhiteSpace(text[start]))
                start++;
        }
    }

    /// <summary>Grows word by word; a first word that is too long is cut between whole characters.</summary>
    private static int EndOfFittingRun(string text, int start)
    {
        var end = start;
        double words = 0;
        while (end < text.Length)
        {
            var next = EndOfWord(text, end);
            words += ChunkSize.Words(text.AsSpan(end, next - end));
            if (words > ChunkSize.MaxWords || next - start > ChunkSize.MaxCharacters)
                break;
            end = next;
        }
        return end > start ? end : CutWord(text, start);
    }

    private static int EndOfWord(string text, int start)
    {
        var end = start;
        while (end < text.Length && char.IsWhiteSpace(text[end]))
            end++;
        while (end < text.Length && !char.IsWhiteSpace(text[end]))
            end++;
        return end;
    }

    private static int CutWord(string text, int start)
    {
        const int DenseCharacters = (int)(ChunkSize.MaxWords * 2); // as long as any cut is sure to fit
        var end = start;
        while (end < text.Length && !char.IsWhiteSpace(text[end]))
        {
            var next = end + StringInfo.GetNextTextElementLength(text, end);
            if (next - start > DenseCharacters)
                break;
            end = next;
        }
        return end > start ? end : Math.Min(start + DenseCharacters, text.Length);
    }
}
