using System.Globalization;

namespace RagApp.Ingestion.Parsing.Members;

/// <summary>Makes the name that a file gives a file inside it into a harmless relative path.</summary>
internal static class MemberName
{
    private const int LongestSegment = 120;
    private const int MostSegments = 12;

    /// <param name="number">Names the member when nothing is left of its name.</param>
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

    /// <summary>The ending stays, since people know a file by it.</summary>
    private static string Shorten(string segment)
    {
        if (segment.Length <= LongestSegment)
            return segment;
        var ending = Path.GetExtension(segment) is { Length: <= 10 } found ? found : "";
        var end = LongestSegment - ending.Length;
        return segment[..(char.IsHighSurrogate(segment[end - 1]) ? end - 1 : end)] + ending;
    }
}
