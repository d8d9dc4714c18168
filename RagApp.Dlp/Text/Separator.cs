namespace RagApp.Dlp.Text;

/// <summary>What stands between the groups of one number: a space, a mark with or without spaces, a line end, the border of two cells and the name of the second one's column.</summary>
internal static class Separator
{
    public const char None = '\0';

    /// <summary>Two line ends and two spaces, for example, or <c> | </c>, the border of two cells.</summary>
    private const int Longest = 4;

    /// <summary>Reads at <paramref name="at"/>. The kind is the mark if there is one, else the line end, else the space.</summary>
    /// <returns>Its length; 0 when there is none.</returns>
    public static int ReadAt(ReadOnlySpan<char> text, int at, out char kind)
    {
        kind = None;
        var length = 0;
        while (at + length < text.Length && length < Longest && Add(text[at + length], ref kind))
            length++;
        return kind == '|' ? length + PartName.ReadAt(text, at + length) : length;
    }

    /// <summary>The kind of the one that ends before <paramref name="at"/>.</summary>
    public static int ReadBefore(ReadOnlySpan<char> text, int at, out char kind)
    {
        kind = None;
        var length = 0;
        while (at - length > 0 && length < Longest && Add(text[at - length - 1], ref kind))
            length++;
        return length;
    }

    private static bool Add(char c, ref char kind)
    {
        switch (c)
        {
            case ' ':
                kind = kind == None ? ' ' : kind;
                return true;
            case '\n':
                kind = kind is None or ' ' ? '\n' : kind;
                return true;
            case '-' or '.' or '_' or '|' or '/' or ',' or ';' when kind is None or ' ' or '\n':
                kind = c;
                return true;
            default:
                return false;
        }
    }
}
