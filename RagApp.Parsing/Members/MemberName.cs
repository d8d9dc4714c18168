using System.Globalization;
using RagApp.Text;

namespace RagApp.Parsing.Members;

/// <summary>Turns the name of a file inside a file into a harmless relative path.</summary>
internal static class MemberName
{
    private const int LongestSegment = 120;
    private const int MostSegments = 12;

    /// <param name="number">Number used as the name when no usable name remains.</param>
    public static string Clean(string name, int number)
    {
        var segments = CleanText.OneLine(name)
            .Split('/', '\\')
            .Select(segment => segment.Trim(' ', '.') is { Length: > 0 } ? segment.Trim() : "")
            .Where(segment => segment.Length > 0)
            .Select(Shorten)
            .TakeLast(MostSegments);
        var path = string.Join('/', segments);
        return path.Length > 0 ? path : string.Create(CultureInfo.InvariantCulture, $"file-{number}");
    }

    /// <summary>Shortens a name and keeps its extension.</summary>
    private static string Shorten(string segment)
    {
        if (segment.Length <= LongestSegment)
            return segment;
        var ending = Path.GetExtension(segment) is { Length: <= 10 } found ? found : "";
        return Truncation.Head(segment, LongestSegment - ending.Length) + ending;
    }
}
