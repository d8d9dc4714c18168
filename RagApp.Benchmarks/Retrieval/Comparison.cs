using System.Globalization;

namespace RagApp.Benchmarks.Retrieval;

/// <summary>Scores of every search mode on the same questions, and a comparison of hybrid search with keyword and semantic search.</summary>
/// <param name="Name">Name of the question set, such as <c>xquad-de</c>, or <c>xquad-de on xquad-en</c>.</param>
internal sealed record Comparison(string Name, IReadOnlyDictionary<SearchWay, IReadOnlyList<QuestionScore>> Scores)
{
    private static readonly IReadOnlyList<(string Name, Func<QuestionScore, double> Of)> Measures =
    [
        ("recall@1", score => score.Recall1),
        ("recall@5", score => score.Recall5),
        ("recall@10", score => score.Recall10),
        ("MRR", score => score.ReciprocalRank),
        ("nDCG@10", score => score.Gain),
    ];

    /// <summary>Keyword or semantic search, whichever has the higher mean nDCG@10.</summary>
    public SearchWay BetterPart =>
        Scores[SearchWay.Keyword].Average(score => score.Gain) > Scores[SearchWay.Semantic].Average(score => score.Gain)
            ? SearchWay.Keyword : SearchWay.Semantic;

    /// <summary>True when hybrid search is worse than the better of keyword and semantic search, by more than chance explains.</summary>
    public bool IsBelowItsParts => Difference(SearchWay.Hybrid, score => score.Gain).High < 0;

    /// <summary>Mean difference, question by question, between a search mode and <see cref="BetterPart"/>.</summary>
    public Interval Difference(SearchWay way, Func<QuestionScore, double> measure) =>
        Interval.Of([.. Scores[way].Zip(Scores[BetterPart], (mine, others) => measure(mine) - measure(others))]);

    public void Print(TextWriter output)
    {
        Line(output, Name, [.. Measures.Select(measure => measure.Name)]);
        foreach (var way in SearchWay.All)
            Line(output, $"  {way.Name}", [.. Measures.Select(measure => Show(Interval.Of([.. Scores[way].Select(measure.Of)]), "0.000"))]);
        foreach (var way in (SearchWay[])[SearchWay.Hybrid, SearchWay.Routed])
            Line(output, $"  {way.Name} - {BetterPart.Name}", [.. Measures.Select(measure => Show(Difference(way, measure.Of), "+0.000;-0.000;0.000"))]);
        output.WriteLine();
    }

    private static string Show(Interval interval, string format) =>
        string.Create(CultureInfo.InvariantCulture, $"{interval.Mean.ToString(format, CultureInfo.InvariantCulture)} [{interval.Low.ToString(format, CultureInfo.InvariantCulture)}, {interval.High.ToString(format, CultureInfo.InvariantCulture)}]");

    private static void Line(TextWriter output, string name, string[] values) =>
        output.WriteLine($"{name,-24}{string.Concat(values.Select(value => $"{value,-25}"))}".TrimEnd());
}
