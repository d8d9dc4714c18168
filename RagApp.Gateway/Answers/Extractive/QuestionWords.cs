namespace RagApp.Gateway.Answers.Extractive;

/// <summary>The word stems of a question, each with a weight that grows as fewer of the sentences have it.</summary>
internal sealed class QuestionWords
{
    private readonly Dictionary<string, double> _weights;
    private readonly double _total;

    public QuestionWords(IEnumerable<string> question, IReadOnlyList<IReadOnlySet<string>> sentences)
    {
        _weights = question.Distinct(StringComparer.Ordinal).ToDictionary(
            word => word,
            word => Math.Log(1 + (sentences.Count + 1) / (sentences.Count(terms => terms.Contains(word)) + 0.5)),
            StringComparer.Ordinal);
        _total = _weights.Values.Sum();
    }

    /// <summary>Which part of the question's words these texts have between them, by weight, 0 to 1.</summary>
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
    /// How close together the words that a sentence shares stand in it, 0 to 1: their part of the shortest stretch
    /// that has them all, times <see cref="SharedBy"/>; 0 when it shares fewer than two.
    /// </summary>
    /// <param name="sentence">Its word stems in order.</param>
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
