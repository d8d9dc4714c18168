using System.Text;
using System.Text.RegularExpressions;
using RagApp.Benchmarks.Retrieval;

namespace RagApp.Benchmarks.Index;

/// <summary>
/// Passages built from the sentences of evaluation sets in a new order, so that word frequencies are those of the sets.
/// The vocabulary is smaller than that of a large real index: no word is as rare, which makes keyword search harder.
/// </summary>
internal sealed partial class RealText
{
    private const int Words = 92;

    /// <summary>Length of a passage, in characters, in a language without spaces between words.</summary>
    private const int Characters = 190;

    private const int MostFrequent = 120;
    private const int WordsOfCommonQuestion = 7;

    private readonly List<(string Language, string Title, string[] Sentences)> _documents = [];
    private readonly List<string> _questions = [];

    public RealText(string data)
    {
        foreach (var set in EvaluationSet.FoldersIn(data).Select(EvaluationSet.Read))
        {
            var language = set.Name.StartsWith("xquad-", StringComparison.Ordinal) ? set.Name[^2..] : "en";
            _documents.AddRange(set.Documents.Select(document => (language, document.Title, SentenceEnd().Split(document.Text))));
            _questions.AddRange(set.Questions.Select(question => question.Text));
        }
    }

    public (string Language, string Title, List<string> Passages) Document(int number, int passages)
    {
        var random = new Random(number);
        var (language, title, _) = _documents[random.Next(_documents.Count)];
        var alike = _documents.Where(document => string.Equals(document.Language, language, StringComparison.Ordinal)).ToList();
        return (language, title, [.. Enumerable.Range(0, passages).Select(_ => Passage(alike, random))]);
    }

    /// <summary>Selects <paramref name="count"/> questions of the sets, evenly spread.</summary>
    public List<string> Questions(int count) =>
        [.. Enumerable.Range(0, count).Select(at => _questions[(int)((long)at * _questions.Count / count)])];

    /// <summary>Composes questions of frequent English words only, each of five letters or more.</summary>
    public List<string> CommonQuestions(int count)
    {
        var frequent = _documents.Where(document => document.Language is "en")
            .SelectMany(document => document.Sentences).SelectMany(sentence => LongWord().Matches(sentence.ToLowerInvariant()).Select(word => word.Value))
            .CountBy(word => word, StringComparer.Ordinal).OrderByDescending(word => word.Value).Take(MostFrequent).Select(word => word.Key).ToArray();
        var random = new Random(1);
        return [.. Enumerable.Range(0, count).Select(_ => string.Join(' ', random.GetItems(frequent, WordsOfCommonQuestion)))];
    }

    private static string Passage(List<(string Language, string Title, string[] Sentences)> documents, Random random)
    {
        var text = new StringBuilder();
        var words = 0;
        while (words < Words && (text.Length < Characters || words > text.Length / 20))
        {
            var sentences = documents[random.Next(documents.Count)].Sentences;
            var sentence = sentences[random.Next(sentences.Length)];
            text.Append(sentence).Append(' ');
            words += sentence.AsSpan().Count(' ') + 1;
        }
        return text.ToString();
    }

    [GeneratedRegex(@"(?<=[.!?。])\s*(?=\p{Lu}|\p{Lo})", RegexOptions.CultureInvariant, matchTimeoutMilliseconds: 2000)]
    private static partial Regex SentenceEnd();

    [GeneratedRegex("[a-z]{5,}", RegexOptions.CultureInvariant, matchTimeoutMilliseconds: 2000)]
    private static partial Regex LongWord();
}
