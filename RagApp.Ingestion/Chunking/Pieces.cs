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
        var header = names == 0 ? null : new Piece(string.Join(NextLine, rows.Take(names).Select(row => row.Text)), "", Page: null);
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
        for (var start = 0; start < text.Length;)
        {
            var end = start + LengthOfFittingRun(text.AsSpan(start));
            var next = EndOfSpace(text, end);
            if (text[start..end].Trim() is { Length: > 0 } run)
                yield return (run, next > end ? NextWord : "");
            start = next;
        }
    }

    /// <summary>Grows word by word; a first word that is too long is cut. Looks no further than a chunk can reach, so that a long word is not read again at every cut.</summary>
    private static int LengthOfFittingRun(ReadOnlySpan<char> text)
    {
        var reach = text[..Math.Min(text.Length, ChunkSize.MaxCharacters + 1)];
        var length = 0;
        double words = 0;
        while (length < reach.Length)
        {
            var next = EndOfWord(reach, length);
            words += ChunkSize.Words(reach[length..next]);
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

    /// <summary>Cuts between characters as a reader sees them; one of more parts than a chunk holds is cut between its parts.</summary>
    private static int LengthOfCut(ReadOnlySpan<char> text)
    {
        const int DenseCharacters = (int)(ChunkSize.MaxWords * 2); // as long as any cut is sure to fit
        var reach = text[..Math.Min(text.Length, DenseCharacters + 1)];
        var length = 0;
        while (length < reach.Length && !char.IsWhiteSpace(reach[length]))
        {
            var next = length + StringInfo.GetNextTextElementLength(reach[length..]);
            if (next > DenseCharacters)
                break;
            length = next;
        }
        if (length > 0)
            return length;
        var most = Math.Min(text.Length, DenseCharacters);
        return most > 1 && char.IsHighSurrogate(text[most - 1]) ? most - 1 : most;
    }
}
