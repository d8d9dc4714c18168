using System.Buffers;

namespace RagApp.Text;

/// <summary>Tells the items of lists by how their lines begin.</summary>
public static class ListItem
{
    private static readonly SearchValues<char> Counters = SearchValues.Create("0123456789abcdefghijklmnopqrstuvwxyz");

    /// <summary>True for the forms <c>- item</c>, <c>• item</c>, <c>12. item</c>, <c>a) item</c>.</summary>
    public static bool IsOne(ReadOnlySpan<char> line)
    {
        if (line is ['-' or '*' or '+' or '•' or '–' or '▪' or '◦', ' ', ..])
            return true;
        var mark = line.IndexOfAnyExcept(Counters);
        return mark is > 0 and <= 3 && line[mark] is '.' or ')'
            && mark + 1 < line.Length && line[mark + 1] == ' '
            && (char.IsAsciiDigit(line[0]) || mark == 1);
    }
}
