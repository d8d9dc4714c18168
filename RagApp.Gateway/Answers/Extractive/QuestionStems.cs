using RagApp.Text;

namespace RagApp.Gateway.Answers.Extractive;

/// <summary>Word stems of a question, weighted by inverse document frequency: a word in few sentences weighs more.</summary>
internal sealed class QuestionStems
{
    private readonly Dictionary<string, double> _weights;
    private readonly double _total;

    public QuestionStems(IEnumerable<string> question, IReadOnlyList<IReadOnlySet<string>> sentences)
    {
        _weights = question.Distinct(StringComparer.Ordinal).ToDictionary(
            word => word,
            word => Idf.AmongFew(sentences.Count, sentences.Count(terms => terms.Contains(word))),
            StringComparer.Ordinal);
        _total = _weights.Values.Sum();
    }

    /// <summary>Share of the question's words, by weight, that at least one of the texts has, 0 to 1.</summary>
    public double SharedBy(params ReadOnlySpan<IReadOnlySet<string>> texts)
    {
        double shared = 0;
        foreach (var (word, weight) in _weights)
        {
            foreach (var text in texts)
            {
                if (!text.Contains(word))
                    continue;
                shared += weight;
                break;
            }
        }
        return _total > 0 ? shared / _total : 0;
    }

    /// <summary>
    /// Closeness of the question's words in a sentence, 0 to 1: their number divided by the length of the shortest run of words
    /// that has them all, times <see cref="SharedBy"/>; 0 when the sentence has fewer than two of them.
    /// </summary>
    /// <param name="sentence">Word stems of the sentence, in order.</param>
    public double Closeness(IReadOnlyList<string> sentence)
    {
        var places = Enumerable.Range(0, sentence.Count).Where(at => _weights.ContainsKey(sentence[at])).ToList();
        var words = places.Select(at => sentence[at]).ToHashSet(StringComparer.Ordinal);
        return words.Count < 2 ? 0 : words.Count / (double)ShortestStretch(sentence, places, words.Count) * SharedBy(words);
    }

    private static int ShortestStretch(IReadOnlyList<string> sentence, List<int> places, int words)
    {
        var inside = new Dictionary<string, int>(StringComparer.Ordinal);
        var shortest = sentence.Count;
        var first = 0;
        foreach (var last in places)
        {
            inside[sentence[last]] = inside.GetValueOrDefault(sentence[last]) + 1;
            for (; inside[sentence[places[first]]] > 1; first++)
                inside[sentence[places[first]]]--;
            if (inside.Count == words)
                shortest = Math.Min(shortest, last - places[first] + 1);
        }
        return shortest;
    }
}
