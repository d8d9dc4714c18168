using RagApp.Parsing.Formats.Pdf.Glyphs;
using RagApp.Parsing.Formats.Pdf.Regions;
using UglyToad.PdfPig.Content;

namespace RagApp.Parsing.Formats.Pdf;

/// <summary>The lines of a page before they are put into reading order.</summary>
internal sealed class PdfPage
{
    private readonly PageRules _rules;
    private readonly List<(int Degrees, List<LinePiece> Pieces)> _turned;

    /// <param name="fields">Values of form fields, where they stand on the page.</param>
    public PdfPage(Page page, IReadOnlyList<LinePiece> fields)
    {
        var frames = GlyphFrames.Of(page.Letters);
        var degrees = frames.Count > 0 ? frames[0].Degrees : 0;
        (Number, _rules) = (page.Number, PageRules.Of(page, degrees));
        Pieces = frames.Count > 0 ? new PieceReader(_rules).Read(frames[0].Glyphs) : [];
        Pieces.AddRange(fields.Select(OnItsLine).ToList());
        _turned = [.. frames.Skip(1).Select(frame => (frame.Degrees - degrees, new PieceReader(PageRules.None).Read(frame.Glyphs)))];
    }

    public int Number { get; }

    /// <summary>The lines in the direction in which most of the page is written.</summary>
    public List<LinePiece> Pieces { get; private set; }

    /// <summary>Texts of the annotations of the page.</summary>
    public IReadOnlyList<string> Notes { get; init; } = [];

    public void Remove(IReadOnlyCollection<LinePiece> pieces) => Pieces = [.. Pieces.Except(pieces, ReferenceEqualityComparer.Instance).Cast<LinePiece>()];

    /// <summary>The blocks of the page in reading order.</summary>
    public List<PdfBlock> Read()
    {
        var heads = _turned.SelectMany(frame => Heads(frame.Degrees, frame.Pieces)).ToList();
        var blocks = new RegionReader(_rules, [.. heads.Select(head => head.Head)]).Read(Pieces);
        var named = blocks.SelectMany(block => block.HasHeader ? block.Rows[0] : []).Select(cell => cell.Text).ToHashSet(StringComparer.Ordinal);
        foreach (var (degrees, pieces) in _turned)
        {
            var used = heads.Where(head => named.Contains(head.Head.Text)).Select(head => head.Piece).ToHashSet();
            blocks.AddRange(new RegionReader(PageRules.None, []).Read([.. pieces.Where(piece => !used.Contains(piece))]));
        }
        blocks.AddRange(Notes.Select(note => new PdfBlock([note], Size: 0, IsBold: false)));
        return blocks.ConvertAll(block => block with { Page = Number });
    }

    /// <summary>The value of a field on the line of its label.</summary>
    private LinePiece OnItsLine(LinePiece field)
    {
        var label = Pieces.Where(piece => Math.Abs(piece.Baseline - field.Baseline) < 0.7 * piece.Size).MinBy(piece => Math.Abs(piece.Baseline - field.Baseline));
        return label is null ? field : field with { Baseline = label.Baseline, Size = label.Size, Order = label.Order };
    }

    private static IEnumerable<(LinePiece Piece, ColumnHead Head)> Heads(int degrees, List<LinePiece> pieces)
    {
        degrees = (degrees + 360) % 360;
        if (degrees % 180 == 0)
            yield break;
        foreach (var piece in pieces)
        {
            var (x1, y1) = GlyphFrame.Turn(piece.Left, piece.Baseline, 360 - degrees);
            var (x2, y2) = GlyphFrame.Turn(piece.Right, piece.Baseline + (piece.Size / 2), 360 - degrees);
            yield return (piece, new ColumnHead(piece.Text, (x1 + x2) / 2, Math.Min(y1, y2)));
        }
    }
}
