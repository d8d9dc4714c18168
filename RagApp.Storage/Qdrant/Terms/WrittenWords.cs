using RagApp.Text;

namespace RagApp.Storage.Qdrant.Terms;

/// <summary>The words of a text in lower case, not stemmed: the candidates for spelling correction.</summary>
internal static class WrittenWords
{
    /// <summary>Shortest word that is corrected: shorter words are similar to too many others.</summary>
    public const int Shortest = 4;

    public const int Longest = 24;

    /// <summary>The different words of a text; scripts without spaces have none.</summary>
    public static HashSet<string> Of(string text)
    {
        var words = new HashSet<string>(StringComparer.Ordinal);
        for (var start = 0; start < text.Length;)
        {
            var end = start;
            while (end < text.Length && char.IsLetter(text[end]))
                end++;
            if (end - start is >= Shortest and <= Longest && !Scripts.HasNoSpaces(text[start]))
                words.Add(text[start..end].ToLowerInvariant());
            start = Math.Max(end, start + 1);
        }
        return words;
    }

    /// <summary>
    /// Edit distance of two words, where an edit adds, removes or changes a letter or swaps two neighbours; <see cref="int.MaxValue"/>
    /// beyond one edit for words of four letters, and beyond two for longer words.
    /// </summary>
    public static int Distance(string one, string other)
    {
        var most = one.Length <= Shortest ? 1 : 2;
        if (Math.Abs(one.Length - other.Length) > most)
            return int.MaxValue;
        var rows = new int[one.Length + 1, other.Length + 1];
        for (var i = 0; i <= one.Length; i++)
            rows[i, 0] = i;
        for (var j = 0; j <= other.Length; j++)
            rows[0, j] = j;
        for (var i = 1; i <= one.Length; i++)
        {
            for (var j = 1; j <= other.Length; j++)
            {
                var change = rows[i - 1, j - 1] + (one[i - 1] == other[j - 1] ? 0 : 1);
                rows[i, j] = Math.Min(change, Math.Min(rows[i - 1, j], rows[i, j - 1]) + 1);
                if (i > 1 && j > 1 && one[i - 1] == other[j - 2] && one[i - 2] == other[j - 1])
                    rows[i, j] = Math.Min(rows[i, j], rows[i - 2, j - 2] + 1);
            }
        }
        return rows[one.Length, other.Length] <= most ? rows[one.Length, other.Length] : int.MaxValue;
    }
}
