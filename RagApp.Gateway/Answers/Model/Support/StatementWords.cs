using RagApp.Text;

namespace RagApp.Gateway.Answers.Model.Support;

/// <summary>
/// Word stems of a statement, weighted by inverse document frequency: a word in few of the prompt's passages weighs more. A word
/// of the question that no cited passage has weighs half, since statements repeat the question.
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
            word => Idf.AmongFew(all.Count, all.Count(evidence => evidence.Terms.Contains(word)))
                * (question.Contains(word) && !cited.Any(evidence => evidence.Terms.Contains(word)) ? OfQuestion : 1),
            StringComparer.Ordinal);
        _total = _weights.Values.Sum();
        Coverage = Share(word => cited.Any(evidence => evidence.Terms.Contains(word)));
    }

    /// <summary>Share of the words, by weight, that the cited passages have together, 0 to 1; 0 when there are no words.</summary>
    public double Coverage { get; }

    /// <summary>Share of the words, by weight, that one passage has, 0 to 1.</summary>
    public double CoverageBy(Evidence passage) => Share(passage.Terms.Contains);

    private double Share(Func<string, bool> has) =>
        _total > 0 ? _weights.Where(word => has(word.Key)).Sum(word => word.Value) / _total : 0;
}
