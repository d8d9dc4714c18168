using System.Collections.Frozen;
using Lucene.Net.Analysis.Util;

namespace RagApp.Storage.Analysis;

/// <summary>
/// Tells a language cheaply: by the script most letters are written in, and where several languages share it, by
/// whose stop words occur. A stop word that languages share counts for each of them by its share.
/// </summary>
internal static class LanguageDetection
{
    public const string Default = "en";

    /// <summary>As much of a text as is looked at, in characters.</summary>
    private const int SampleLength = 4000;

    private static readonly string[] Cyrillic = ["ru", "bg"];
    private static readonly string[] Arabic = ["ar", "fa", "ckb"];
    private static readonly string[] Latin =
    [
        .. LanguageAnalyzers.Languages
            .Except([.. Cyrillic, .. Arabic, "el", "hi", "hy", "ja", "ko", "zh"], StringComparer.Ordinal)
            .Order(StringComparer.Ordinal),
    ];

    private static readonly FrozenDictionary<string, string[]> LanguagesByStopWord = Latin.Concat(Cyrillic).Concat(Arabic)
        .SelectMany(language => Words(LanguageAnalyzers.StopWords(language)).Select(word => (word, language)))
        .GroupBy(pair => pair.word, pair => pair.language, StringComparer.Ordinal)
        .ToFrozenDictionary(group => group.Key, group => group.Distinct(StringComparer.Ordinal).ToArray(), StringComparer.Ordinal);

    public static string Detect(string text)
    {
        var sample = TextFolding.Text(text.Length <= SampleLength ? text : text[..SampleLength], Default).AsSpan();
        var counts = new int[Enum.GetValues<Script>().Length];
        foreach (var c in sample)
            counts[(int)ScriptOf(c)]++;
        counts[(int)Script.None] = 0;
        // A character of Chinese or Japanese says as much as some letters of an alphabet.
        counts[(int)Script.Han] *= 2;
        counts[(int)Script.Kana] *= 2;

        var kanaAndHan = counts[(int)Script.Kana] + counts[(int)Script.Han];
        var most = (Script)Array.IndexOf(counts, counts.Max());
        return counts.Max() == 0 ? Default
            : kanaAndHan >= counts[(int)most] ? counts[(int)Script.Kana] * 20 >= kanaAndHan ? "ja" : "zh"
            : most switch
            {
                Script.Latin => ByStopWords(sample, Latin, Default),
                Script.Cyrillic => ByStopWords(sample, Cyrillic, "ru"),
                Script.Arabic => ByStopWords(sample, Arabic, "ar"),
                Script.Greek => "el",
                Script.Hebrew => "he",
                Script.Devanagari => "hi",
                Script.Thai => "th",
                Script.Armenian => "hy",
                _ => "ko",
            };
    }

    private static string ByStopWords(ReadOnlySpan<char> text, string[] candidates, string fallback)
    {
        var scores = candidates.ToDictionary(language => language, _ => 0.0, StringComparer.Ordinal);
        var lookup = LanguagesByStopWord.GetAlternateLookup<ReadOnlySpan<char>>();
        var lower = text.ToString().ToLowerInvariant().AsSpan();
        foreach (var range in lower.SplitAny(' ', '\n', '\t', '\r', ',', '.', ';', ':', '!', '?', '(', ')', '"', '\'', '-', '¿', '¡', '،', '؟'))
        {
            if (!lookup.TryGetValue(lower[range], out var languages))
                continue;
            foreach (var language in languages)
            {
                if (scores.TryGetValue(language, out var score))
                    scores[language] = score + (1.0 / languages.Length);
            }
        }
        var best = scores.MaxBy(pair => pair.Value);
        return best.Value > scores[fallback] ? best.Key : fallback;
    }

    private static IEnumerable<string> Words(CharArraySet set) => set.Where(word => word.Length > 0);

    private static Script ScriptOf(char c) => c switch
    {
        >= 'A' and <= 'Z' or >= 'a' and <= 'z' or >= '\u00C0' and <= '\u024F' or >= '\u1E00' and <= '\u1EFF' => Script.Latin,
        >= '\u0370' and <= '\u03FF' => Script.Greek,
        >= '\u0400' and <= '\u052F' => Script.Cyrillic,
        >= '\u0530' and <= '\u058F' => Script.Armenian,
        >= '\u0590' and <= '\u05FF' => Script.Hebrew,
        >= '\u0600' and <= '\u077F' => Script.Arabic,
        >= '\u0900' and <= '\u097F' => Script.Devanagari,
        >= '\u0E00' and <= '\u0E7F' => Script.Thai,
        >= '\u1100' and <= '\u11FF' or >= '\uAC00' and <= '\uD7AF' => Script.Hangul,
        >= '\u3040' and <= '\u30FF' or >= '\uFF66' and <= '\uFF9F' => Script.Kana,
        >= '\u3400' and <= '\u9FFF' => Script.Han,
        _ => Script.None,
    };

    private enum Script
    {
        None,
        Latin,
        Greek,
        Cyrillic,
        Armenian,
        Hebrew,
        Arabic,
        Devanagari,
        Thai,
        Hangul,
        Kana,
        Han,
    }
}
