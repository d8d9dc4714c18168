using System.Globalization;
using RagApp.Parsing.Formats.Runs;
using UglyToad.PdfPig.Content;

namespace RagApp.Parsing.Formats.Pdf.Glyphs;

/// <summary>
/// Turns the letters of a page so that every line runs to the right: letters that climb or hang, and vertical Chinese and Japanese text, whose
/// lines run down and follow each other from the right.
/// </summary>
internal static class GlyphFrames
{
    private const int Down = 270;

    /// <summary>The bullet of the font Symbol, which other fonts have taken over.</summary>
    private const char Bullet = '\uF0B7';

    /// <summary>Part of a vertical character above and below its origin, in its size.</summary>
    private const double Above = 0.88, Below = 0.12;

    /// <summary>Fewest characters one below the other that are a vertical line.</summary>
    private const int FewestVertical = 3;

    /// <summary>The frames, that with the most characters first.</summary>
    public static IReadOnlyList<GlyphFrame> Of(IReadOnlyList<Letter> letters)
    {
        var frames = new Dictionary<int, GlyphFrame>();
        var vertical = Vertical(letters);
        var degrees = 0;
        for (var at = 0; at < letters.Count; at++)
        {
            var letter = letters[at];
            if (string.IsNullOrEmpty(letter.Value) || letter.Value[0] == '\0' || !double.IsFinite(letter.StartBaseLine.X + letter.StartBaseLine.Y + letter.Width))
                continue;
            var isVertical = vertical is not null && vertical[at];
            degrees = isVertical ? Down : Degrees(letter, degrees);
            if (!frames.TryGetValue(degrees, out var frame))
                frames.Add(degrees, frame = new GlyphFrame(degrees, []));
            frame.Glyphs.Add(isVertical ? Hanging(letter, at) : Turned(letter, degrees, at));
        }
        return [.. frames.Values.OrderByDescending(frame => frame.Glyphs.Count).ThenBy(frame => frame.Degrees)];
    }

    private static int Degrees(Letter letter, int before)
    {
        var (x, y) = (letter.EndBaseLine.X - letter.StartBaseLine.X, letter.EndBaseLine.Y - letter.StartBaseLine.Y);
        if (Math.Abs(x) + Math.Abs(y) < 0.001)
            return before;
        if (Math.Abs(y) < 0.02 * x)
            return 0;
        var degrees = (int)Math.Round(Math.Atan2(y, x) * 180 / Math.PI);
        return (degrees + 360) % 360;
    }

    private static PageGlyph Turned(Letter letter, int degrees, int order)
    {
        var (start, baseline) = GlyphFrame.Turn(letter.StartBaseLine.X, letter.StartBaseLine.Y, degrees);
        var (end, _) = GlyphFrame.Turn(letter.EndBaseLine.X, letter.EndBaseLine.Y, degrees);
        return new PageGlyph(Text(letter), Math.Min(start, end), Math.Max(start, end), baseline, SizeOf(letter), order, letter.FontDetails.IsBold);
    }

    private static PageGlyph Hanging(Letter letter, int order)
    {
        var (size, y) = (SizeOf(letter), letter.StartBaseLine.Y);
        return new PageGlyph(letter.Value, -(y + (Above * size)), -(y - (Below * size)), letter.StartBaseLine.X + (size / 2), size, order, letter.FontDetails.IsBold);
    }

    /// <summary>The character, mapped to Unicode when it is one of a symbol font.</summary>
    private static string Text(Letter letter)
    {
        if (letter.Value.Length != 1 || letter.Value[0] is < '\uF000' or > '\uF0FF')
            return letter.Value;
        var name = letter.FontName ?? "";
        var font = name.IndexOf('+', StringComparison.Ordinal) is var subset and >= 0 ? name[(subset + 1)..] : name;
        var symbol = SymbolFonts.Has(font) ? SymbolFonts.Text(font, letter.Value[0]) : letter.Value[0] == Bullet ? "•" : "";
        return symbol.Length > 0 ? symbol : " ";
    }

    private static double SizeOf(Letter letter) => letter.PointSize is > 0.5 and < 2000 ? letter.PointSize : Math.Max(1, letter.BoundingBox.Height);

    /// <summary>Says for each letter whether it is part of a vertical line; null when none is.</summary>
    private static bool[]? Vertical(IReadOnlyList<Letter> letters)
    {
        bool[]? vertical = null;
        for (int at = 1, run = 1; at < letters.Count; at++)
        {
            run = HangsBelow(letters[at - 1], letters[at]) ? run + 1 : 1;
            if (run < FewestVertical)
                continue;
            vertical ??= new bool[letters.Count];
            vertical.AsSpan(at - run + 1, run).Fill(true);
        }
        return vertical;
    }

    private static bool HangsBelow(Letter above, Letter below)
    {
        var size = below.PointSize;
        return IsAsian(below) && IsAsian(above)
            && Math.Abs(above.StartBaseLine.X - below.StartBaseLine.X) < 0.5 * size
            && above.StartBaseLine.Y - below.StartBaseLine.Y is var step && step > 0.5 * size && step < 1.7 * size;
    }

    private static bool IsAsian(Letter letter) => letter.Value is { Length: > 0 } value && value[0] >= '\u3000'
        && CharUnicodeInfo.GetUnicodeCategory(value, 0) != UnicodeCategory.PrivateUse;
}
