namespace RagApp.Gateway.Answers.Model.Support;

/// <summary>
/// The word stems of a statement, each with a weight that grows as fewer of the prompt's passages have it. A word of
/// the question that no cited passage has weighs half: statements repeat what was asked.
/// </summary>
internal sealed class StatementWords
{
    private const double OfQuestion = 0.5;

    private readonly Dictionary<string, double> _weights;
    private readonly double _total;

    public StatementWords(
        IEnumerable<string> statement, IReadOnlySet<string> question, IReadOnlyList<Evidence> cited, IReadOnlyList<Evidence> all)
    {
        _weights = statement.Distinct(StringComparer.Ordinal).ToDictionary(
            word => word,
            word => Math.Log(1 + (all.Count + 1) / (all.Count(evidence => evidence.Terms.Contains(word)) + 0.5))
                * (question.Contains(word) && !cited.Any(evidence => evidence.Terms.Contains(word)) ? OfQuestion : 1),
            StringComparer.Ordinal);
        _total = _weights.Values.Sum();
        Coverage = Share(word => cited.Any(evidence => evidence.Terms.Contains(word)));
    }

    /// <summary>Which part of the words the cited passages have together, by weight, 0 to 1; 0 when there are no words.</summary>
    public double Coverage { get; }

    /// <summary>The same for one of them.</summary>
    public double CoverageBy(Evidence passage) => Share(passage.Terms.Contains);

    private double Share(Func<string, bool> has) =>
        _total > 0 ? _weights.Where(word => has(word.Key)).Sum(word => word.Value) / _total : 0;
}
