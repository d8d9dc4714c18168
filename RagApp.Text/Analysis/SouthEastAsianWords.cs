namespace RagApp.Text.Analysis;

/// <summary>
/// Splits Thai, Lao, Burmese and Khmer into pairs of characters, as is done with Chinese. These languages put no spaces between
/// words, and splitting them into words would need a dictionary.
/// </summary>
internal static class SouthEastAsianWords
{
    public static bool IsOne(string word) =>
        word.Length > 0 && Scripts.Of(word[0]) is Script.Thai or Script.Lao or Script.Burmese or Script.Khmer;

    public static IEnumerable<string> Pairs(string word) =>
        word.Length < 3 ? [word] : Enumerable.Range(0, word.Length - 1).Select(i => word.Substring(i, 2));
}
