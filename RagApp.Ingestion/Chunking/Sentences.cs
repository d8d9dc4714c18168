namespace RagApp.Ingestion.Chunking;

/// <summary>Cuts text after sentences: at the end marks of many scripts, and at line breaks of its own.</summary>
internal static class Sentences
{
    private const string EndsBeforeSpace = ".!?…؟۔";

    /// <summary>These end a sentence with or without a space after them.</summary>
    private const string EndsAlways = "。！？।॥။។።";

    private const string Closers = "\"'”’»)]}」』）】";

    /// <summary>The sentences, and the white space that stands after each.</summary>
    public static IEnumerable<(string Text, string Gap)> Split(string text)
    {
        var start = 0;
        for (var i = 0; i < text.Length; i++)
        {
            if (!IsEnd(text, i))
                continue;
            var end = i + 1;
            while (end < text.Length && Closers.Contains(text[end], StringComparison.Ordinal))
                end++;
            if (text[start..end].Trim() is { Length: > 0 } sentence)
                yield return (sentence, GapAt(text, text[i] == '\n' ? i : end));
            start = end;
            i = end - 1;
        }
        if (text[start..].Trim() is { Length: > 0 } rest)
            yield return (rest, "");
    }

    private static string GapAt(string text, int at)
    {
        var end = at;
        while (end < text.Length && char.IsWhiteSpace(text[end]))
            end++;
        return text[at..end];
    }

    private static bool IsEnd(string text, int at)
    {
        if (text[at] == '\n' || EndsAlways.Contains(text[at], StringComparison.Ordinal))
            return true;
        if (!EndsBeforeSpace.Contains(text[at], StringComparison.Ordinal))
            return false;
        var next = at + 1;
        while (next < text.Length && Closers.Contains(text[next], StringComparison.Ordinal))
            next++;
        if (next < text.Length && !char.IsWhiteSpace(text[next]))
            return false;
        while (next < text.Length && char.IsWhiteSpace(text[next]))
            next++;
        return next < text.Length && !char.IsLower(text[next]) && !IsAbbreviation(text, at);
    }

    /// <summary>A single letter before the point, as in initials.</summary>
    private static bool IsAbbreviation(string text, int at) =>
        text[at] == '.' && at >= 1 && char.IsLetter(text[at - 1]) && (at == 1 || !char.IsLetterOrDigit(text[at - 2]));
}
