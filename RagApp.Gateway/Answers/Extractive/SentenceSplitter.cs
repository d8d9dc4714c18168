using System.Buffers;
using System.Collections.Frozen;

namespace RagApp.Gateway.Answers.Extractive;

/// <summary>
/// Cuts a passage into what can be quoted on its own: 1. blocks, which end at blank lines and around list items
/// and table rows, while a line that is merely wrapped goes on; 2. sentences within a block, where a full stop
/// after an abbreviation, an initial or an ordinal number ends nothing, and the full stops of Chinese and
/// Japanese need no space after them.
/// </summary>
internal static class SentenceSplitter
{
    /// <summary>A line shorter than this was not wrapped: what follows begins something new.</summary>
    private const int WrappedLineLength = 40;

    private static readonly SearchValues<char> WordStarts = SearchValues.Create(" \n\t(\"'“„«[");
    private static readonly SearchValues<char> ListCounters = SearchValues.Create("0123456789abcdefghijklmnopqrstuvwxyz");
    private static readonly SearchValues<char> SpacedEnds = SearchValues.Create(".!?…؟।");
    private static readonly SearchValues<char> Ends = SearchValues.Create(".!?…؟।。！？．");
    private static readonly SearchValues<char> Closers = SearchValues.Create("\"'”’»)]）」』】");

    /// <summary>Written with a full stop that ends no sentence, in lower case without it; of the languages that European documents mix.</summary>
    private static readonly FrozenSet<string> Abbreviations = new[]
    {
        "mr", "mrs", "ms", "dr", "prof", "st", "jr", "sr", "rev", "gen", "col", "capt", "lt", "sgt", "gov", "sen", "rep", "hon",
        "e.g", "i.e", "vs", "cf", "al", "etc", "approx", "ca", "c", "no", "nos", "vol", "pp", "p", "ed", "eds", "fig", "figs", "sec", "ch", "art", "para",
        "inc", "ltd", "co", "corp", "dept", "est", "mt", "ft", "u.s", "u.k", "u.n", "a.m", "p.m", "ph.d", "b.c", "a.d",
        "jan", "feb", "mar", "apr", "jun", "jul", "aug", "sep", "sept", "oct", "nov", "dec",
        "z.b", "d.h", "u.a", "u.ä", "s", "bzw", "usw", "evtl", "ggf", "inkl", "nr", "str", "abs", "bd", "hrsg", "sog", "vgl", "zzgl", "tel",
        "sra", "srta", "ud", "uds", "pág", "núm", "mme", "mlle", "av", "env", "г", "гг", "в", "вв", "им", "ул", "руб", "тыс", "т.е", "т.д", "т.п",
    }.ToFrozenSet(StringComparer.OrdinalIgnoreCase);

    public static IReadOnlyList<Sentence> Split(string text)
    {
        var sentences = new List<Sentence>();
        foreach (var (start, end) in Blocks(text))
        {
            var from = start;
            for (var at = start; at < end; at++)
            {
                if (!IsEnd(text, from, at, end, out var after))
                    continue;
                Add(text, from, after, sentences);
                from = after;
                at = after - 1;
            }
            Add(text, from, end, sentences);
        }
        return TableHeaders.Add(text, sentences);
    }

    /// <summary>1: runs of lines that belong together.</summary>
    private static IEnumerable<(int Start, int End)> Blocks(string text)
    {
        var start = 0;
        var previous = ReadOnlyMemory<char>.Empty;
        for (var at = 0; at < text.Length;)
        {
            var lineEnd = text.IndexOf('\n', at);
            if (lineEnd < 0)
                lineEnd = text.Length;
            var line = text.AsMemory(at, lineEnd - at).Trim();
            if (at > start && !Continues(previous.Span, line.Span))
            {
                yield return (start, at);
                start = at;
            }
            previous = line;
            at = lineEnd + 1;
        }
        if (start < text.Length)
            yield return (start, text.Length);
    }

    private static bool Continues(ReadOnlySpan<char> previous, ReadOnlySpan<char> line)
    {
        if (previous.IsEmpty || line.IsEmpty || IsOnItsOwn(line) || TableHeaders.IsRow(previous) || previous[0] == '#')
            return false;
        return char.IsLower(line[0]) || (previous.Length >= WrappedLineLength && !Ends.Contains(previous[^1]) && previous[^1] != ':');
    }

    private static bool IsOnItsOwn(ReadOnlySpan<char> line) => line[0] == '#' || TableHeaders.IsRow(line) || IsListItem(line);

    /// <summary><c>- item</c>, <c>• item</c>, <c>12. item</c>, <c>a) item</c>.</summary>
    private static bool IsListItem(ReadOnlySpan<char> line)
    {
        if (line is ['-' or '*' or '+' or '•' or '–' or '▪' or '◦', ' ', ..])
            return true;
        var mark = line.IndexOfAnyExcept(ListCounters);
        return mark is > 0 and <= 3 && line[mark] is '.' or ')'
            && mark + 1 < line.Length && line[mark + 1] == ' '
            && (char.IsAsciiDigit(line[0]) || mark == 1);
    }

    /// <summary>2: whether a sentence ends at <paramref name="at"/>; <paramref name="after"/> is then behind its closing marks.</summary>
    private static bool IsEnd(string text, int from, int at, int end, out int after)
    {
        after = at + 1;
        if (!Ends.Contains(text[at]))
            return false;
        while (after < end && (Ends.Contains(text[after]) || Closers.Contains(text[after])))
            after++;
        if (!SpacedEnds.Contains(text[at]))
            return true;
        if (after < end && !char.IsWhiteSpace(text[after]))
            return false;
        return text[at] != '.' || after > at + 1 || !EndsNothing(text.AsSpan(from, at - from), text.AsSpan(after, end - after));
    }

    /// <summary>Whether a full stop between <paramref name="before"/> and <paramref name="behind"/> belongs to an abbreviation, an initial or an ordinal.</summary>
    private static bool EndsNothing(ReadOnlySpan<char> before, ReadOnlySpan<char> behind)
    {
        var next = behind.TrimStart();
        if (next.IsEmpty)
            return false;
        if (char.IsLower(next[0]))
            return true;

        var word = before[(before.LastIndexOfAny(WordStarts) + 1)..];
        if (word.Length == 1 && char.IsUpper(word[0]))
            return true;
        if (word.Length is 1 or 2 && !word.ContainsAnyExceptInRange('0', '9'))
            return true;
        return Abbreviations.GetAlternateLookup<ReadOnlySpan<char>>().Contains(word);
    }

    private static void Add(string text, int start, int end, List<Sentence> sentences)
    {
        while (start < end && char.IsWhiteSpace(text[start]))
            start++;
        while (end > start && char.IsWhiteSpace(text[end - 1]))
            end--;
        if (HasWord(text.AsSpan(start, end - start)))
            sentences.Add(new Sentence(start, text[start..end]));
    }

    private static bool HasWord(ReadOnlySpan<char> text)
    {
        foreach (var c in text)
        {
            if (char.IsLetterOrDigit(c))
                return true;
        }
        return false;
    }
}
