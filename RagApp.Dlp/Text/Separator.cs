namespace RagApp.Dlp.Text;

/// <summary>
/// The separator between the groups of one number: a space, a mark with or without spaces, a line end, or the border of
/// two cells with the name of the second column.
/// </summary>
internal static class Separator
{
    public const char None = '\0';

    /// <summary>Largest number of characters in a separator, such as two line ends and two spaces, or <c> | </c>, the border of two cells.</summary>
    private const int Longest = 4;

    /// <summary>Reads a separator at <paramref name="at"/>. Its kind is the mark if there is one, else the line end, else the space.</summary>
    /// <returns>The length of the separator; 0 when there is none.</returns>
    public static int ReadAt(ReadOnlySpan<char> text, int at, out char kind)
    {
        kind = None;
        var length = 0;
        while (at + length < text.Length && length < Longest && Add(text[at + length], ref kind))
            length++;
        return kind == '|' ? length + PartName.ReadAt(text, at + length) : length;
    }

    /// <summary>Reads the separator that ends before <paramref name="at"/>; returns its length, 0 when there is none.</summary>
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
