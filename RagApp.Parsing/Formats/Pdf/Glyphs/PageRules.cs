using UglyToad.PdfPig.Content;
using UglyToad.PdfPig.Core;

namespace RagApp.Parsing.Formats.Pdf.Glyphs;

/// <summary>The straight lines on a page: rules, and the borders of boxes.</summary>
internal sealed class PageRules
{
    private const int MostRules = 4_000;

    /// <summary>Largest thickness of a rule, in points.</summary>
    private const double Thickest = 3;

    /// <summary>Smallest length of a rule, in points.</summary>
    private const double Shortest = 6;

    private readonly List<(double Y, double Left, double Right)> _horizontal = [];
    private readonly List<(double X, double Bottom, double Top)> _vertical = [];

    private PageRules()
    {
    }

    public static PageRules None { get; } = new();

    /// <param name="degrees">Direction of the frame in which they are needed.</param>
    public static PageRules Of(Page page, int degrees)
    {
        var rules = new PageRules();
        if (degrees % 90 != 0)
            return rules;
        foreach (var path in page.Paths)
        {
            if (path.IsClipping || !(path.IsFilled || path.IsStroked))
                continue;
            foreach (var part in path)
            {
                if (rules._horizontal.Count + rules._vertical.Count >= MostRules)
                    return rules;
                if (part.GetBoundingRectangle() is { } box)
                    rules.Add(Turn(box, degrees), part.Commands.Count <= 6);
            }
        }
        return rules;
    }

    /// <summary>True when a vertical rule stands between two characters of a line.</summary>
    public bool Between(double left, double right, double height) =>
        _vertical.Exists(rule => rule.X >= left - 1 && rule.X <= right + 1 && rule.Bottom <= height && rule.Top >= height);

    /// <summary>Heights of the horizontal rules over a place between two heights, from top to bottom.</summary>
    public List<double> Across(double x, double bottom, double top)
    {
        var heights = new List<double>();
        foreach (var rule in _horizontal.Where(rule => rule.Left <= x + Thickest && rule.Right >= x - Thickest && rule.Y > bottom && rule.Y < top).OrderByDescending(rule => rule.Y))
        {
            if (heights.Count == 0 || heights[^1] - rule.Y > Thickest)
                heights.Add(rule.Y);
        }
        return heights;
    }

    /// <summary>Number of horizontal rules over most of a stretch, between two heights.</summary>
    public int Over(double left, double right, double bottom, double top)
    {
        const double Most = 0.6;
        var heights = _horizontal.Where(rule => rule.Y > bottom && rule.Y < top).GroupBy(rule => Math.Round(rule.Y));
        return heights.Count(rules => rules.Sum(rule => Math.Max(0, Math.Min(rule.Right, right) - Math.Max(rule.Left, left))) > Most * (right - left));
    }

    private static (double Left, double Bottom, double Right, double Top) Turn(PdfRectangle box, int degrees)
    {
        var (x1, y1) = GlyphFrame.Turn(box.Left, box.Bottom, degrees);
        var (x2, y2) = GlyphFrame.Turn(box.Right, box.Top, degrees);
        return (Math.Min(x1, x2), Math.Min(y1, y2), Math.Max(x1, x2), Math.Max(y1, y2));
    }

    private void Add((double Left, double Bottom, double Right, double Top) box, bool isBox)
    {
        var (width, height) = (box.Right - box.Left, box.Top - box.Bottom);
        if (height <= Thickest)
            AddHorizontal((box.Top + box.Bottom) / 2, box.Left, box.Right);
        else if (width <= Thickest)
            AddVertical((box.Left + box.Right) / 2, box.Bottom, box.Top);
        else if (isBox)
        {
            AddHorizontal(box.Top, box.Left, box.Right);
            AddHorizontal(box.Bottom, box.Left, box.Right);
            AddVertical(box.Left, box.Bottom, box.Top);
            AddVertical(box.Right, box.Bottom, box.Top);
        }
    }

    private void AddHorizontal(double y, double left, double right)
    {
        if (right - left >= Shortest)
            _horizontal.Add((y, left, right));
    }

    private void AddVertical(double x, double bottom, double top)
    {
        if (top - bottom >= Shortest)
            _vertical.Add((x, bottom, top));
    }
}
