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

    /// <summary>Which part of the question's words a sentence has, by weight, 0 to 1.</summary>
    public double SharedBy(IReadOnlySet<string> sentence) =>
        _total > 0 ? _weights.Where(word => sentence.Contains(word.Key)).Sum(word => word.Value) / _total : 0;
}
