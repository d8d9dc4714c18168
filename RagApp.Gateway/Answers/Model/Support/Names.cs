using System.Text.RegularExpressions;

namespace RagApp.Gateway.Answers.Model.Support;

/// <summary>Words of a text that look like names: capitalised within a sentence. Not in German, which capitalises every noun.</summary>
internal static partial class Names
{
    private const string German = "de";

    public static IEnumerable<string> In(string text, string language) =>
        language == German ? [] : Capitalised().Matches(text).Select(match => match.Value);

    /// <summary>Behind a letter, digit, comma or closing mark and white space, so not where a sentence or a list item begins.</summary>
    [GeneratedRegex(@"(?<=[\p{L}\p{M}\p{Nd},;)]['’""]?\s+)\p{Lu}[\p{L}\p{M}'’-]+", RegexOptions.CultureInvariant, matchTimeoutMilliseconds: 2000)]
    private static partial Regex Capitalised();
}
