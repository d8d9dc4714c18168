using System.Text.RegularExpressions;

namespace RagApp.Gateway.Answers.Model.Support;

/// <summary>Finds probable names: words capitalised within a sentence. German is excluded, since it capitalises every noun.</summary>
internal static partial class Names
{
    private const string German = "de";

    public static IEnumerable<string> In(string text, string language) =>
        language == German ? [] : Capitalised().Matches(text).Select(match => match.Value);

    /// <summary>
    /// Matches a capitalised word after a letter, digit, comma or closing mark and white space; so never the first word of a
    /// sentence or list item.
    /// </summary>
    [GeneratedRegex(@"(?<=[\p{L}\p{M}\p{Nd},;)]['’""]?\s+)\p{Lu}[\p{L}\p{M}'’-]+", RegexOptions.CultureInvariant, matchTimeoutMilliseconds: 2000)]
    private static partial Regex Capitalised();
}
