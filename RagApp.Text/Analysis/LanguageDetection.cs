using System.Collections.Frozen;
using Lucene.Net.Analysis.Util;

namespace RagApp.Text.Analysis;

/// <summary>
/// Detects the language of a text: by the script of most letters and, where several languages share it, by the stop words
/// that occur. A stop word of several languages counts for each of them in part.
/// </summary>
internal static class LanguageDetection
{
    private const string Default = ITextAnalysis.DefaultLanguage;

    /// <summary>Length of the beginning of a text that is examined, in characters.</summary>
    private const int SampleLength = 4000;

    private static readonly string[] Cyrillic = ["ru", "bg"];
    private static readonly string[] Arabic = ["ar", "fa", "ckb"];
    private static readonly string[] Latin =
    [
        .. LanguageAnalyzers.Languages
            .Except([.. Cyrillic, .. Arabic, "el", "hi", "hy", "ja", "ko", "zh"], StringComparer.Ordinal)
            .Order(StringComparer.Ordinal),
    ];

    /// <summary>Scripts that count for no language: their languages have no analyser, or their characters belong to several scripts.</summary>
    private static readonly Script[] IgnoredScripts =
        [Script.Other, Script.Lao, Script.Burmese, Script.Khmer, Script.OtherEastAsian, Script.OtherSouthEastAsian];

    private static readonly FrozenDictionary<string, string[]> LanguagesByStopWord = Latin.Concat(Cyrillic).Concat(Arabic)
        .SelectMany(language => Words(LanguageAnalyzers.StopWords(language)).Select(word => (word, language)))
        .GroupBy(pair => pair.word, pair => pair.language, StringComparer.Ordinal)
        .ToFrozenDictionary(group => group.Key, group => group.Distinct(StringComparer.Ordinal).ToArray(), StringComparer.Ordinal);

    public static string Detect(string text)
    {
        var sample = TextFolding.Text(Truncation.Head(text, SampleLength), Default).AsSpan();
        var counts = new int[Enum.GetValues<Script>().Length];
        foreach (var c in sample)
            counts[(int)Scripts.Of(c)]++;
        foreach (var script in IgnoredScripts)
            counts[(int)script] = 0;
        // A Chinese or Japanese character counts as two letters of an alphabet.
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
}
