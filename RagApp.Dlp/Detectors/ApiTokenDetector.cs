using System.Buffers;
using RagApp.Dlp.Text;

namespace RagApp.Dlp.Detectors;

/// <summary>
/// Finds cloud and API tokens by prefix (<see cref="TokenRules"/>), length and alphabet. The token must have the right
/// checksum where the issuer defines one, and enough entropy.
/// </summary>
internal sealed class ApiTokenDetector : IDetector
{
    /// <summary>Longest separator between the name of a setting and its value: <c>": "</c>, <c> = '</c>, <c>=</c>.</summary>
    private const int LongestAssignment = 6;

    /// <summary>The mark of made-up tokens in issuers' manuals: AKIAIOSFODNN7EXAMPLE.</summary>
    private const string MadeUp = "EXAMPLE";

    private static readonly SearchValues<string> Prefixes = SearchValues.Create([.. TokenRules.All.Select(rule => rule.Prefix)], StringComparison.Ordinal);
    private static readonly ILookup<char, TokenRule> Rules = TokenRules.All.OrderByDescending(rule => rule.Prefix.Length).ToLookup(rule => rule.Prefix[0]);

    public string Name => "api-token";

    public void Find(ReadOnlySpan<char> text, ICollection<TextSpan> found, CancellationToken cancellationToken)
    {
        for (var from = 0; from < text.Length;)
        {
            cancellationToken.ThrowIfCancellationRequested();
            var hit = text[from..].IndexOfAny(Prefixes);
            if (hit < 0)
                return;
            var at = from + hit;
            var token = FindAt(text, at);
            if (token.End > token.Start)
                found.Add(token);
            from = Math.Max(token.End, at + 1);
        }
    }

    public int OpenFrom(ReadOnlySpan<char> text) => OpenEnd.OfWord(text);

    private static TextSpan FindAt(ReadOnlySpan<char> text, int at)
    {
        foreach (var rule in Rules[text[at]])
        {
            if (!text[at..].StartsWith(rule.Prefix, StringComparison.Ordinal) || (at > 0 && Continues(text[at - 1], rule)))
                continue;
            var token = Read(text, at, rule);
            if (token.End > token.Start)
                return token;
        }
        return default;
    }

    /// <summary>True when the character before the prefix shows that the prefix is the middle of a word or of another token.</summary>
    private static bool Continues(char before, TokenRule rule) =>
        char.IsLetterOrDigit(before) || (before is not ('/' or '=' or '.') && rule.Alphabet.Contains(before));

    private static TextSpan Read(ReadOnlySpan<char> text, int at, TokenRule rule)
    {
        var value = at + rule.Prefix.Length;
        if (rule.PrefixIsLabel)
            value += Assignment(text, value);
        var end = TokenReader.Read(text, value, rule.Alphabet, rule.Shortest, rule.Longest);
        while (end - value > rule.Shortest && text[end - 1] is '.' or '-') // punctuation of the sentence, not a part of the token
            end--;
        var token = TokenReader.Join(text[value..end]);
        return token.Length >= rule.Shortest && token.Length <= rule.Longest
            && rule.IsValid(token) && Entropy.Of(token) >= rule.MinEntropy && !token.Contains(MadeUp, StringComparison.OrdinalIgnoreCase)
                ? new TextSpan(rule.PrefixIsLabel ? value : at, end)
                : default;
    }

    private static int Assignment(ReadOnlySpan<char> text, int at)
    {
        var length = 0;
        while (length < LongestAssignment && at + length < text.Length && text[at + length] is ' ' or '=' or ':' or '"' or '\'' or '|' or '\n' or '>')
            length++;
        return length;
    }
}
