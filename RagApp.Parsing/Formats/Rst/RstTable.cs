namespace RagApp.Parsing.Formats.Rst;

/// <summary>Reads the rows of a table. Cells over several lines are joined.</summary>
internal static class RstTable
{
    public static bool IsBorder(string line)
    {
        var trimmed = line.Trim();
        return trimmed.Length > 4 && (IsMadeOf(trimmed, "= ") && trimmed.Contains(' ', StringComparison.Ordinal) || trimmed[0] == '+' && IsMadeOf(trimmed, "+-="));
    }

    public static IEnumerable<IReadOnlyList<string>> Rows(IReadOnlyList<string> table) =>
        table[0].TrimStart()[0] == '+' ? GridRows(table) : SimpleRows(table);

    private static IEnumerable<IReadOnlyList<string>> GridRows(IReadOnlyList<string> table)
    {
        var row = new List<string>();
        foreach (var line in table)
        {
            if (line.TrimStart().StartsWith('+'))
            {
                if (row.Count > 0)
                    yield return row;
                row = [];
                continue;
            }
            var cells = line.Trim().Trim('|').Split('|');
            for (var i = 0; i < cells.Length; i++)
            {
                if (i < row.Count)
                    row[i] = $"{row[i]} {cells[i].Trim()}";
                else
                    row.Add(cells[i].Trim());
            }
        }
    }

    /// <summary>The rows of a simple table. A line without text in the first column continues the row above.</summary>
    private static IEnumerable<IReadOnlyList<string>> SimpleRows(IReadOnlyList<string> table)
    {
        var starts = Enumerable.Range(0, table[0].Length).Where(i => table[0][i] == '=' && (i == 0 || table[0][i - 1] == ' ')).ToList();
        List<string>? row = null;
        foreach (var line in table.Where(line => !IsMadeOf(line.Trim(), "=- ")))
        {
            var cells = starts.Select((start, i) => Cut(line, start, i + 1 < starts.Count ? starts[i + 1] : line.Length)).ToList();
            if (cells[0].Length == 0 && row is not null)
            {
                for (var i = 0; i < cells.Count; i++)
                    row[i] = $"{row[i]} {cells[i]}".Trim();
                continue;
            }
            if (row is not null)
                yield return row;
            row = cells;
        }
        if (row is not null)
            yield return row;
    }

    private static string Cut(string line, int start, int end) => start < line.Length ? line[start..Math.Min(end, line.Length)].Trim() : "";

    private static bool IsMadeOf(string line, string characters) => line.All(c => characters.Contains(c, StringComparison.Ordinal));
}
