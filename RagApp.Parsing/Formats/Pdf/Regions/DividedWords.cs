using System.Collections.Frozen;
using RagApp.Text.Analysis;

namespace RagApp.Parsing.Formats.Pdf.Regions;

/// <summary>
/// Decides whether the hyphen of a word that is divided at the end of a line stays. The document decides first, by how it writes the word within lines. Then a number,
/// an abbreviation or a name beside the hyphen keeps it; then the list of English words, and the words that are mostly the first part of a compound.
/// </summary>
internal sealed class DividedWords
{
    /// <summary>English has the article in every so many words.</summary>
    private const int WordsPerArticle = 40;

    private const string Article = "the";

    /// <summary>Fewest letters of each part of a compound of two English words.</summary>
    private const int ShortestPart = 3;

    /// <summary>Words that are mostly the first part of a compound with a hyphen.</summary>
    private static readonly FrozenSet<string> FirstParts = FrozenSet.Create(StringComparer.OrdinalIgnoreCase,
        "well", "high", "low", "long", "short", "self", "half", "full", "part", "old", "new", "non", "cross", "double", "single", "two", "three", "four", "five", "six", "ten",
        "twenty", "thirty", "forty", "fifty", "sixty", "seventy", "eighty", "ninety", "first", "second", "third", "ill", "hard", "soft", "large", "small", "medium", "open", "closed",
        "air", "water", "fire", "real", "state", "so", "multi", "all", "ever", "far", "free", "left", "right", "user", "time", "data", "vice", "ex", "anti", "quasi", "semi");

    /// <summary>Beginnings that are written together with what follows.</summary>
    private static readonly FrozenSet<string> Prefixes = FrozenSet.Create(StringComparer.OrdinalIgnoreCase,
        "auto", "bio", "coun", "counter", "fore", "geo", "hyper", "inter", "mega", "meta", "micro", "mid", "mini", "mis", "mono", "nano", "neo", "out", "over", "para", "photo", "poly", "post",
        "pre", "pro", "pseudo", "psycho", "re", "retro", "socio", "sub", "super", "sur", "tele", "thermo", "trans", "ultra", "under", "uni", "up", "con", "com", "per", "dis", "des", "ter", "ten", "man");

    private readonly Dictionary<string, int> _counts = new(StringComparer.OrdinalIgnoreCase);
    private bool _isEnglish;

    private DividedWords()
    {
    }

    /// <summary>Knows nothing of a document.</summary>
    public static DividedWords Unknown { get; } = new();

    /// <summary>Looks through the lines of a document for the words that are divided in it.</summary>
    public static DividedWords In(IEnumerable<IReadOnlyList<string>> texts)
    {
        var (all, words) = (texts.ToList(), new DividedWords());
        foreach (var lines in all)
        {
            for (var at = 1; at < lines.Count; at++)
            {
                if (LineJoin.Parts(lines[at - 1], lines[at]) is var (first, second))
                    (words._counts[first + second], words._counts[Hyphenated(first, second)]) = (0, 0);
            }
        }
        if (words._counts.Count > 0)
            words.Count(all);
        return words;
    }

    /// <param name="isSoft">True for a hyphen that is only shown at the end of a line.</param>
    public bool KeepsHyphen(string first, string second, bool isSoft)
    {
        var (kept, joined) = (_counts.GetValueOrDefault(Hyphenated(first, second)), _counts.GetValueOrDefault(first + second));
        if (kept > 0 || joined > 0)
            return kept >= joined;
        if (isSoft)
            return false;
        if (IsAllCapital(first) && IsAllCapital(second))
            return !IsEnglish(first + second) && (first.Length < ShortestPart || second.Length < ShortestPart);
        if (!char.IsLower(first[^1]) || !char.IsLower(second[0]) || first.Count(char.IsUpper) > 1 || first.Length == 1 || first.Contains('-', StringComparison.Ordinal))
            return true;
        if (IsEnglish(first + second))
            return false;
        return FirstParts.Contains(first)
            || (_isEnglish && first.Length >= ShortestPart && second.Length >= ShortestPart && !Prefixes.Contains(first) && IsEnglish(first) && IsEnglish(second));
    }

    private static string Hyphenated(string first, string second) => $"{first}-{second}";

    private static bool IsAllCapital(string part) => part.All(char.IsUpper);

    private static bool IsEnglish(string word) => WordList.Find("en")!.HasEntry(word);

    /// <summary>Counts the divided words, joined and with their hyphen, where they stand within a line.</summary>
    private void Count(IEnumerable<IReadOnlyList<string>> texts)
    {
        var (counts, all, articles) = (_counts.GetAlternateLookup<ReadOnlySpan<char>>(), 0, 0);
        foreach (var line in texts.SelectMany(lines => lines))
        {
            foreach (var range in WordsOf(line))
            {
                var word = line.AsSpan(range);
                all++;
                articles += word.Equals(Article, StringComparison.OrdinalIgnoreCase) ? 1 : 0;
                if (counts.TryGetValue(word, out var count))
                    counts[word] = count + 1;
            }
        }
        _isEnglish = articles * WordsPerArticle > all;
    }

    /// <summary>Runs of letters, digits and hyphens between them; the parts of a word divided at an end of the line are left out.</summary>
    private static IEnumerable<Range> WordsOf(string line)
    {
        for (int start = 0, at = 0; at <= line.Length; at++)
        {
            if (at < line.Length && (char.IsLetterOrDigit(line[at]) || (line[at] is '-' && at > start)))
                continue;
            if (at > start && line[at - 1] != '-')
                yield return start..at;
            start = at + 1;
        }
    }
}
