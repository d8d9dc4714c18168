using System.Collections.Frozen;

namespace RagApp.Parsing.Formats.Pdf.Regions;

/// <summary>
/// Decides whether the hyphen of a word that is divided at the end of a line stays. The document decides first, by how it writes the word within lines. Then a number,
/// an abbreviation or a name beside the hyphen keeps it, and so do words that are mostly a part of a compound with a hyphen. The lists of words for spelling cannot help
/// here: the parser is a program without the library that reads them.
/// </summary>
internal sealed class DividedWords
{
    /// <summary>Words that are mostly the first part of a compound with a hyphen.</summary>
    private static readonly FrozenSet<string> FirstParts = FrozenSet.Create(StringComparer.OrdinalIgnoreCase,
        "well", "high", "low", "long", "short", "self", "half", "full", "part", "old", "new", "non", "cross", "double", "single", "two", "three", "four", "five", "six", "ten",
        "twenty", "thirty", "forty", "fifty", "sixty", "seventy", "eighty", "ninety", "first", "second", "third", "ill", "hard", "soft", "large", "small", "medium", "open", "closed",
        "air", "water", "fire", "real", "state", "multi", "ever", "far", "free", "left", "right", "user", "time", "data", "vice", "anti", "quasi", "semi");

    /// <summary>Words that are mostly the last part of one.</summary>
    private static readonly FrozenSet<string> LastParts = FrozenSet.Create(StringComparer.OrdinalIgnoreCase,
        "based", "related", "specific", "friendly", "driven", "oriented", "effective", "efficient", "dependent", "intensive", "resistant", "sensitive", "owned", "funded", "sized", "shaped",
        "colored", "coloured", "reviewed", "minded");

    /// <summary>Beginnings that are written together with such a word: <c>inter-|related</c>.</summary>
    private static readonly FrozenSet<string> Prefixes = FrozenSet.Create(StringComparer.OrdinalIgnoreCase, "un", "in", "re", "ir", "dis", "non", "pre", "inter", "over", "under", "hyper", "super", "trans", "ultra");

    /// <summary>Ends of words that are written together with a first part: <c>part-|ner</c>, <c>soft-|ware</c>.</summary>
    private static readonly FrozenSet<string> Endings = FrozenSet.Create(StringComparer.OrdinalIgnoreCase,
        "s", "y", "ly", "er", "ers", "est", "ed", "en", "ing", "ings", "ness", "ment", "ments", "ful", "less", "dom", "ish", "ship", "hood", "ner", "ners", "nership", "ity", "ware",
        "base", "bases", "set", "sets", "fall", "wall", "walls", "port", "ports", "name", "names", "ple", "ples", "cipate", "cipated", "cipation", "table", "tables", "proof", "way", "ways", "line", "lines",
        "word", "words", "time", "ial", "ially", "icular", "icularly", "icipate", "icipant", "icipants", "icipation", "icle", "icles", "ant", "ants", "ance", "ency", "tion", "sion", "sense", "nant");

    /// <summary>Fewest letters of both parts of a word in capitals that is joined.</summary>
    private const int ShortestWord = 4;

    private readonly Dictionary<string, int> _counts = new(StringComparer.OrdinalIgnoreCase);

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
            return first.Length < ShortestWord || second.Length < ShortestWord; // abbreviations, or a word in a line of capitals
        if (!char.IsLower(first[^1]) || !char.IsLower(second[0]) || first.Count(char.IsUpper) > 1 || first.Length == 1 || first.Contains('-', StringComparison.Ordinal))
            return true;
        return (FirstParts.Contains(first) && !Endings.Contains(second)) || (LastParts.Contains(second) && !Prefixes.Contains(first));
    }

    private static string Hyphenated(string first, string second) => $"{first}-{second}";

    private static bool IsAllCapital(string part) => part.All(char.IsUpper);

    /// <summary>Counts the divided words, joined and with their hyphen, where they stand within a line.</summary>
    private void Count(IEnumerable<IReadOnlyList<string>> texts)
    {
        var counts = _counts.GetAlternateLookup<ReadOnlySpan<char>>();
        foreach (var line in texts.SelectMany(lines => lines))
        {
            foreach (var range in WordsOf(line))
            {
                if (counts.TryGetValue(line.AsSpan(range), out var count))
                    counts[line.AsSpan(range)] = count + 1;
            }
        }
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
