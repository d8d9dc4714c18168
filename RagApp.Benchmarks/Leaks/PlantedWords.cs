using System.Collections.Concurrent;
using System.Collections.Immutable;
using System.Globalization;
using System.Text.RegularExpressions;

namespace RagApp.Benchmarks.Leaks;

/// <summary>Makes words from a seed that are planted in documents, and finds them in any text.</summary>
internal sealed partial class PlantedWords(Random random)
{
    private const string Start = "qv";
    private const int Letters = 10;
    private const int CardDigits = 15; // without the check digit

    private readonly ConcurrentDictionary<string, ImmutableList<PlantedWord>> _words = new(StringComparer.OrdinalIgnoreCase);

    public int Count => _words.Count;

    /// <summary>A new word of the form that <see cref="Find"/> looks for.</summary>
    public string NewWord() => Start + NewLetters();

    /// <summary>A new word that is not looked for: questions have it, and so may answers.</summary>
    public string NewKeyword() => "mo" + NewLetters();

    /// <summary>A new card number with the right check digit.</summary>
    public string NewCardNumber()
    {
        var digits = "4" + string.Concat(Enumerable.Range(1, CardDigits - 1).Select(_ => (char)('0' + random.Next(10))));
        var sum = digits.Select((digit, at) => at % 2 == 0 ? DigitSum((digit - '0') * 2) : digit - '0').Sum();
        return digits + ((10 - sum % 10) % 10).ToString(CultureInfo.InvariantCulture);
    }

    public void Add(PlantedWord word) => _words.AddOrUpdate(word.Word, [word], (_, owners) => owners.Add(word));

    /// <summary>The planted words of a text, each with all the documents that have it.</summary>
    public IEnumerable<IReadOnlyList<PlantedWord>> Find(string text)
    {
        foreach (var word in Forms().Matches(text).Select(match => match.Value).Distinct(StringComparer.OrdinalIgnoreCase))
        {
            if (_words.TryGetValue(word, out var owners))
                yield return owners;
        }
    }

    /// <summary>True when the text has a planted word other than the id of a document.</summary>
    public bool FindText(string text) => text.Contains(Start, StringComparison.OrdinalIgnoreCase) && Find(text).Any(owners => owners[0].Word.StartsWith(Start, StringComparison.Ordinal));

    /// <summary>A planted word with another letter at one place: a person who mistypes it must not be helped to the right word.</summary>
    public string Mistyped(string word)
    {
        var at = random.Next(Start.Length + 1, word.Length - 1);
        var other = (char)('a' + (word[at] - 'a' + random.Next(1, 26)) % 26);
        return $"{word[..at]}{other}{word[(at + 1)..]}";
    }

    private string NewLetters() => string.Concat(Enumerable.Range(0, Letters).Select(_ => (char)('a' + random.Next(26))));

    private static int DigitSum(int number) => number / 10 + number % 10;

    [GeneratedRegex("qv[a-z]{10}|[0-9a-f]{32}|4[0-9]{15}", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant, 30_000)]
    private static partial Regex Forms();
}
