namespace RagApp.Storage.Analysis;

/// <summary>
/// Thai, Lao, Burmese and Khmer put no spaces between words, and splitting them takes a dictionary that is not
/// there: pairs of characters stand for the words, as with Chinese.
/// </summary>
internal static class SouthEastAsian
{
    public static bool IsIn(string word) =>
        word is [(>= '\u0E00' and <= '\u0EFF' or >= '\u1000' and <= '\u109F' or >= '\u1780' and <= '\u17FF'), ..];

    public static IEnumerable<string> Pairs(string word) =>
        word.Length < 3 ? [word] : Enumerable.Range(0, word.Length - 1).Select(i => word.Substring(i, 2));
}
