using System.Buffers;
using System.Globalization;
using System.Text;
using System.Text.RegularExpressions;

namespace RagApp.Text.Instructions;

/// <summary>
/// The readings of a text: 1. in small letters, without invisible characters, with letters that only look Latin as Latin ones; 2. with letters that spaces
/// separate put together, if there are such; 3. what its long words mean in base64, if they do.
/// </summary>
internal static partial class PlainReadings
{
    private const int FullWidthOffset = 0xFEE0;
    private const int FewestLetters = 12;
    private const double LeastText = 0.9;

    /// <summary>Cyrillic and Greek letters, and the Latin ones that they look like.</summary>
    private const string LookAlikes = "аеорсухіјѕԁոαειορυνκ";

    private const string Latin = "aeopcyxijsdnaeiopuvk";

    private static readonly SearchValues<char> LookAlikeLetters = SearchValues.Create(LookAlikes);

    public static IEnumerable<string> Of(string text)
    {
        var plain = Plain(text);
        yield return plain;
        if (Mixed(plain) is { } latin)
            yield return latin;
        if (Spaced().IsMatch(plain))
            yield return Spaced().Replace(plain, match => $" {match.Value.Replace("  ", "\0", StringComparison.Ordinal).Replace(" ", "", StringComparison.Ordinal).Replace('\0', ' ')} ");
        foreach (Match match in Encoded().Matches(text))
        {
            if (Decode(match.Value) is { } decoded)
                yield return Plain(decoded);
        }
    }

    private static string Plain(string text)
    {
        var plain = new StringBuilder(text.Length);
        foreach (var c in text.Normalize(NormalizationForm.FormKC))
        {
            if (char.GetUnicodeCategory(c) is UnicodeCategory.Format or UnicodeCategory.EnclosingMark)
                continue;
            var letter = c is >= '\uFF01' and <= '\uFF5E' ? (char)(c - FullWidthOffset) : c;
            plain.Append(letter is '’' or '‘' ? '\'' : char.ToLowerInvariant(letter));
        }
        return Paragraphs().Replace(plain.ToString(), "\n");
    }

    /// <summary>The text with look-alikes as Latin letters, if some word has letters of both kinds; null when none has.</summary>
    private static string? Mixed(string plain)
    {
        if (!plain.AsSpan().ContainsAny(LookAlikeLetters) || !MixedWord().IsMatch(plain))
            return null;
        return string.Create(plain.Length, plain, (latin, source) =>
        {
            for (var i = 0; i < latin.Length; i++)
                latin[i] = LookAlikes.IndexOf(source[i], StringComparison.Ordinal) is >= 0 and var at ? Latin[at] : source[i];
        });
    }

    private static string? Decode(string word)
    {
        var bytes = new byte[word.Length];
        if (!Convert.TryFromBase64String(word.PadRight((word.Length + 3) / 4 * 4, '='), bytes, out var length))
            return null;
        var text = Encoding.UTF8.GetString(bytes, 0, length);
        var letters = text.Count(c => char.IsLetter(c) || c is ' ' or '.' or ',' or ':');
        return text.Length >= FewestLetters && letters >= LeastText * text.Length ? text : null;
    }

    [GeneratedRegex(@"\s*\n\s*\n\s*", RegexOptions.CultureInvariant, matchTimeoutMilliseconds: 2_000)]
    private static partial Regex Paragraphs();

    /// <summary>Single letters with a space behind each; two spaces separate words.</summary>
    [GeneratedRegex(@"(?<!\w)(?:\w[ ]{1,2}){7,}\w(?!\w)", RegexOptions.CultureInvariant, matchTimeoutMilliseconds: 2_000)]
    private static partial Regex Spaced();

    [GeneratedRegex(@"[a-z][\u0370-\u03FF\u0400-\u052F\u0570-\u0580]|[\u0370-\u03FF\u0400-\u052F\u0570-\u0580][a-z]", RegexOptions.CultureInvariant, matchTimeoutMilliseconds: 2_000)]
    private static partial Regex MixedWord();

    [GeneratedRegex(@"[A-Za-z0-9+/]{24,2000}={0,2}", RegexOptions.CultureInvariant, matchTimeoutMilliseconds: 2_000)]
    private static partial Regex Encoded();
}
