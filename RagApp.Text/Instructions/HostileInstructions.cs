using System.Buffers;
using System.Text.RegularExpressions;

namespace RagApp.Text.Instructions;

/// <summary>
/// Recognizes text that reads like instructions to a language model, as prompt injection uses them: orders to drop earlier instructions, to show the prompt, to
/// hide something from the person who asks, or to put links into the answer. A text about such attacks that quotes one is not recognized.
/// </summary>
public static class HostileInstructions
{
    private const int QuoteReach = 240;

    private static readonly SearchValues<char> QuotationMarks = SearchValues.Create("\"“”„«»‹›「」『』`‘’'");

    /// <summary>Returns true for a text with such instructions. A text that takes too long to read counts as one.</summary>
    public static bool AreIn(string text)
    {
        try
        {
            return PlainReadings.Of(text).Any(IsHostile);
        }
        catch (RegexMatchTimeoutException)
        {
            return true;
        }
    }

    private static bool IsHostile(string readable)
    {
        if (!InstructionPatterns.MayBeIn(readable))
            return false;
        foreach (var pattern in InstructionPatterns.All)
        {
            for (var match = pattern.Match(readable); match.Success; match = match.NextMatch())
            {
                if (!IsQuoted(readable, match))
                    return true;
            }
        }
        return false;
    }

    /// <summary>True for a quotation in a text that says that it is an attack or an example.</summary>
    private static bool IsQuoted(string text, Match match)
    {
        var before = text.AsSpan(Math.Max(0, match.Index - QuoteReach), Math.Min(match.Index, QuoteReach));
        var after = text.AsSpan(match.Index + match.Length);
        after = after[..Math.Min(after.Length, QuoteReach)];
        var opening = before.LastIndexOfAny(QuotationMarks);
        return opening >= 0 && after.ContainsAny(QuotationMarks)
            && (InstructionPatterns.Reporting().IsMatch(before[..opening]) || InstructionPatterns.Reporting().IsMatch(after));
    }
}
