using System.Buffers;
using System.Collections.Frozen;
using RagApp.Text.Languages;

namespace RagApp.Text.Sentences;

/// <summary>
/// Splits text into sentences: 1. lines, or blocks of lines that belong together; 2. sentences within each, by the end
/// marks of many scripts. Only white space is left out.
/// </summary>
public static class SentenceSplitter
{
    private static readonly SearchValues<char> WordStarts = SearchValues.Create(" \n\t(\"'“„«[");

    /// <summary>Abbreviations of all languages together, since documents mix languages.</summary>
    private static readonly FrozenSet<string> Abbreviations =
        Language.All.SelectMany(language => language.Abbreviations).ToFrozenSet(StringComparer.OrdinalIgnoreCase);

    /// <summary>Returns the sentences in their order in the text.</summary>
    public static IEnumerable<Sentence> Split(string text, SentenceRules rules)
    {
        foreach (var (start, end) in rules.JoinsWrappedLines ? TextLines.Blocks(text) : TextLines.Of(text)) // 1
        {
            var from = start;
            for (var at = start; at < end; at++)
            {
                if (!IsEnd(text.AsSpan(from, end - from), at - from, rules, out var length)) // 2
                    continue;
                if (Trimmed(text, from, from + length) is { } sentence)
                    yield return sentence;
                from += length;
                at = from - 1;
            }
            if (Trimmed(text, from, end) is { } rest)
                yield return rest;
        }
    }

    /// <summary>True when a text ends with a mark that ends a sentence; a heading, a label and a row of a table do not.</summary>
    public static bool EndsSentence(ReadOnlySpan<char> text) =>
        text.TrimEnd().TrimEnd(SentenceMarks.AllClosers) is [.., var last] && SentenceMarks.Ends.Contains(last);

    /// <summary>
    /// True when the first sentence of <paramref name="text"/> ends at <paramref name="at"/>; <paramref name="length"/>
    /// includes its closing marks.
    /// </summary>
    private static bool IsEnd(ReadOnlySpan<char> text, int at, SentenceRules rules, out int length)
    {
        length = at + 1;
        if (!SentenceMarks.Ends.Contains(text[at]))
            return false;
        while (length < text.Length && (SentenceMarks.Ends.Contains(text[length]) || SentenceMarks.Closers.Contains(text[length])))
            length++;
        if (!SentenceMarks.EndsBeforeSpace.Contains(text[at]))
            return text[at] != SentenceMarks.FullWidthFullStop || length == text.Length || !char.IsDigit(text[length]);
        if (length < text.Length && !char.IsWhiteSpace(text[length]))
            return false;
        return text[length..].TrimStart() is not [var next, ..] || !Continues(text[..at], text[at..length], next, rules);
    }

    /// <summary>True when the sentence continues after a mark that could end it.</summary>
    /// <param name="before">The sentence before the mark.</param>
    /// <param name="marks">The mark and the characters directly after it.</param>
    /// <param name="next">The first character after the space.</param>
    private static bool Continues(ReadOnlySpan<char> before, ReadOnlySpan<char> marks, char next, SentenceRules rules)
    {
        if (char.IsLower(next) && (rules.LowerCaseContinues || marks is "."))
            return true;
        return rules.KnowsAbbreviations
            ? marks is "." && IsAbbreviation(before[(before.LastIndexOfAny(WordStarts) + 1)..])
            : marks[0] == '.' && EndsInSingleLetter(before);
    }

    private static bool IsAbbreviation(ReadOnlySpan<char> word) =>
        word is [var initial] && char.IsUpper(initial)
        || word.Length is 1 or 2 && !word.ContainsAnyExceptInRange('0', '9')
        || Abbreviations.GetAlternateLookup<ReadOnlySpan<char>>().Contains(word);

    private static bool EndsInSingleLetter(ReadOnlySpan<char> text) =>
        text is [.., var letter] && char.IsLetter(letter) && (text.Length == 1 || !char.IsLetterOrDigit(text[^2]));

    /// <summary>The text between two positions without white space around it; null when it is only white space.</summary>
    private static Sentence? Trimmed(string text, int start, int end)
    {
        while (start < end && char.IsWhiteSpace(text[start]))
            start++;
        while (end > start && char.IsWhiteSpace(text[end - 1]))
            end--;
        return start < end ? new Sentence(start, text[start..end]) : null;
    }
}
