using RagApp.Parsing.Formats.Drawing;

namespace RagApp.Parsing.Formats.Pptx;

/// <summary>
/// Orders the shapes of a slide as people read them, since a file lists them as they were drawn: from top to bottom, side by side from left to right, and two
/// columns of text one after the other. Shapes whose place the layout of the slide decides come first, in their own order.
/// </summary>
internal static class SlideOrder
{
    /// <summary>Largest number of shapes that are ordered.</summary>
    private const int MostShapes = 200;

    /// <summary>Fewest characters in a column that is read to its end before the one beside it.</summary>
    private const int ColumnCharacters = 60;

    public static IEnumerable<DrawingPiece> Of(IReadOnlyList<DrawingPiece> pieces)
    {
        var shapes = pieces.GroupBy(piece => piece.Shape).Select(group => new Shape(group.First().Area, [.. group])).ToList();
        if (shapes.Count > MostShapes)
            return pieces;
        return shapes.Where(shape => shape.Area is null).Concat(Order([.. shapes.Where(shape => shape.Area is not null)])).SelectMany(shape => shape.Pieces);
    }

    private static IEnumerable<Shape> Order(List<Shape> shapes)
    {
        if (shapes.Count < 2)
            return shapes;
        var columns = Cut(shapes, shape => shape.Area!.Value.Left, shape => shape.Area!.Value.Right);
        if (columns.Count > 1 && columns.TrueForAll(IsColumnOfText))
            return columns.SelectMany(Order);
        var rows = Cut(shapes, shape => shape.Area!.Value.Top, shape => shape.Area!.Value.Bottom);
        if (rows.Count > 1)
            return rows.SelectMany(Order);
        return columns.Count > 1 ? columns.SelectMany(Order) : shapes.OrderBy(shape => shape.Area!.Value.Top).ThenBy(shape => shape.Area!.Value.Left);
    }

    private static bool IsColumnOfText(List<Shape> shapes) =>
        shapes.Count > 1 && shapes.Sum(shape => shape.Pieces.Sum(piece => piece.Text?.Length ?? 0)) >= ColumnCharacters;

    /// <summary>Cuts where no shape is, or where shapes overlap by no more than a tenth of the smaller one.</summary>
    private static List<List<Shape>> Cut(List<Shape> shapes, Func<Shape, long> start, Func<Shape, long> end)
    {
        var parts = new List<List<Shape>>();
        var reach = long.MinValue;
        var last = 0L;
        foreach (var shape in shapes.OrderBy(start))
        {
            var size = end(shape) - start(shape);
            if (parts.Count == 0 || (start(shape) >= reach - (Math.Min(size, last) / 10) && end(shape) > reach))
                parts.Add([]);
            parts[^1].Add(shape);
            if (end(shape) >= reach)
                (reach, last) = (end(shape), size);
        }
        return parts;
    }

    private sealed record Shape(ShapeArea? Area, IReadOnlyList<DrawingPiece> Pieces);
}
