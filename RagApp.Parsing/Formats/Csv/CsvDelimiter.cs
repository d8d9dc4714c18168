namespace RagApp.Parsing.Formats.Csv;

/// <summary>Finds the delimiter: the character that occurs equally often on most of the first lines.</summary>
internal static class CsvDelimiter
{
    private const int LinesLookedAt = 30;
    private const string Candidates = ",;\t|";

    /// <summary>
    /// Returns the delimiter and the start of the first row. A first line like <c>sep=;</c>, which Excel writes, names
    /// the delimiter and is not a row.
    /// </summary>
    public static (char Delimiter, int Start) Find(string text)
    {
        if (text.StartsWith("sep=", StringComparison.OrdinalIgnoreCase) && text.Length > 5 && text[5] == '\n')
            return (text[4], 6);
        var lines = text.Split('\n', LinesLookedAt + 1).Take(LinesLookedAt).Where(line => line.Length > 0).ToList();
        return (Candidates.MaxBy(candidate => Score(lines, candidate)), 0);
    }

    private static (int EvenLines, int Count) Score(List<string> lines, char delimiter)
    {
        var mostFrequent = lines.Select(line => CountOutsideQuotes(line, delimiter)).Where(count => count > 0)
            .GroupBy(count => count).MaxBy(group => group.Count());
        return mostFrequent is null ? (0, 0) : (mostFrequent.Count(), mostFrequent.Key);
    }

    private static int CountOutsideQuotes(string line, char delimiter)
    {
        var (count, quoted) = (0, false);
        foreach (var c in line)
        {
            quoted ^= c == '"';
            count += c == delimiter && !quoted ? 1 : 0;
        }
        return count;
    }
}
