namespace RagApp.Parsing.Formats.Csv;

/// <summary>Tells tables from plain text: the same number of tabs or semicolons on every line, or at least two commas.</summary>
internal static class CsvSigns
{
    private const int LinesLookedAt = 20;
    private const int FewestLines = 3;

    public static bool AreIn(string text)
    {
        var lines = text.Split('\n', LinesLookedAt + 1).Take(LinesLookedAt).Where(line => !string.IsNullOrWhiteSpace(line)).ToList();
        return lines.Count >= FewestLines && (IsEven(lines, '\t', 1) || IsEven(lines, ';', 2) || IsEven(lines, ',', 2));
    }

    private static bool IsEven(List<string> lines, char delimiter, int fewest)
    {
        var count = lines[0].Count(c => c == delimiter);
        return count >= fewest && lines.TrueForAll(line => line.Count(c => c == delimiter) == count);
    }
}
