namespace RagApp.Parsing.Formats.Pdf.Glyphs;

/// <summary>The characters of a page that are turned in the same way.</summary>
/// <param name="Degrees">Direction of the lines, counterclockwise from the right.</param>
internal sealed record GlyphFrame(int Degrees, List<PageGlyph> Glyphs)
{
    /// <summary>Turns a point of the page into the frame.</summary>
    public static (double X, double Y) Turn(double x, double y, int degrees)
    {
        switch ((degrees + 360) % 360)
        {
            case 0:
                return (x, y);
            case 90:
                return (y, -x);
            case 180:
                return (-x, -y);
            case 270:
                return (-y, x);
            default:
                var (sin, cos) = Math.SinCos(degrees * Math.PI / 180);
                return ((x * cos) + (y * sin), (y * cos) - (x * sin));
        }
    }
}
