using System.Text;
using RagApp.Parsing.Formats.Pdf.Glyphs;
using RagApp.Parsing.Formats.Pdf.Regions;

namespace RagApp.Parsing.Formats.Pdf;

/// <summary>
/// Takes running heads, running feet and page numbers off the pages: lines at the edge of a page that stand at the same place, with the same text except for
/// numbers, on a page near to it. Each text is kept once.
/// </summary>
internal sealed class RunningLines
{
    /// <summary>Number of lines at each edge that may be running lines.</summary>
    private const int MostLines = 3;

    /// <summary>Largest difference in height of a running line from page to page, in points.</summary>
    private const double SamePlace = 4;

    /// <summary>Largest number of different texts kept.</summary>
    private const int MostTexts = 40;

    private const int FewestLetters = 3;

    private readonly Dictionary<string, string> _texts = new(StringComparer.Ordinal);

    /// <summary>The texts that were taken off, without those that are only numbers.</summary>
    public IEnumerable<string> Texts => _texts.Values;

    /// <summary>Takes the running lines off a page.</summary>
    /// <param name="near">Edges of the pages near to it; even and odd pages may have different running lines.</param>
    public void TakeOff(PdfPage page, PageEdges edges, IReadOnlyList<PageEdges> near)
    {
        var taken = new List<LinePiece>();
        Take(edges.Top, near.SelectMany(other => other.Top).ToList(), taken);
        Take(edges.Bottom, near.SelectMany(other => other.Bottom).ToList(), taken);
        if (taken.Count > 0)
            page.Remove(taken);
    }

    private void Take(IReadOnlyList<EdgeLine> lines, List<EdgeLine> others, List<LinePiece> taken)
    {
        foreach (var line in lines)
        {
            if (!others.Exists(other => other.Key == line.Key && Math.Abs(other.Height - line.Height) < SamePlace))
                return;
            taken.AddRange(line.Pieces);
            if (_texts.Count < MostTexts && line.Key.Count(char.IsLetter) >= FewestLetters)
                _texts.TryAdd(line.Key, line.Text);
        }
    }

    /// <summary>A line at the edge of a page.</summary>
    /// <param name="Key">Its text with a sign for each number.</param>
    internal sealed record EdgeLine(string Key, string Text, double Height, IReadOnlyList<LinePiece> Pieces);

    /// <summary>The lines at the upper and at the lower edge of a page, from the edge inwards.</summary>
    internal sealed record PageEdges(IReadOnlyList<EdgeLine> Top, IReadOnlyList<EdgeLine> Bottom)
    {
        public static PageEdges Of(PdfPage page)
        {
            var rows = PieceRow.Of(page.Pieces);
            var lines = rows.Count / 2 < MostLines ? rows.Count / 2 : MostLines;
            return new PageEdges(Lines(rows, [.. Enumerable.Range(0, lines)]), Lines(rows, [.. Enumerable.Range(0, lines).Select(at => rows.Count - 1 - at)]));
        }

        private static List<EdgeLine> Lines(List<PieceRow> rows, int[] places) => [.. places
            .TakeWhile(at => !IsOfTable(rows, at))
            .Select(at => new EdgeLine(Key(rows[at]), LinePiece.Join(rows[at].Pieces).Text, rows[at].Baseline, rows[at].Pieces))];

        /// <summary>True for a row with cells like those of the row beside it; the names of columns are repeated too.</summary>
        private static bool IsOfTable(List<PieceRow> rows, int at) => rows[at].Pieces.Count > 1
            && ((at > 0 && AreAlike(rows[at - 1], rows[at])) || (at + 1 < rows.Count && AreAlike(rows[at], rows[at + 1])));

        private static bool AreAlike(PieceRow one, PieceRow other) =>
            one.Pieces.Count(piece => other.Pieces.Exists(cell => Math.Abs(cell.Left - piece.Left) < SamePlace || Math.Abs(cell.Right - piece.Right) < SamePlace)) > 1
            && one.Pieces[0].Baseline - other.Pieces[0].Baseline < 3 * one.Size;

        private static string Key(PieceRow row)
        {
            var key = new StringBuilder();
            foreach (var c in row.Pieces.SelectMany(piece => piece.Text))
            {
                if (!char.IsDigit(c))
                    key.Append(c);
                else if (key.Length == 0 || key[^1] != '#')
                    key.Append('#');
            }
            return key.ToString();
        }
    }
}
