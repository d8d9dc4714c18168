namespace RagApp.Benchmarks.Retrieval;

/// <summary>A mean with its 95 % confidence interval, by bootstrap over the questions: 1,000 resamples of the same size, with a fixed seed.</summary>
internal sealed record Interval(double Mean, double Low, double High)
{
    private const int Draws = 1000;

    public static Interval Of(IReadOnlyList<double> values)
    {
        var random = new Random(20);
        var means = new double[Draws];
        for (var draw = 0; draw < Draws; draw++)
        {
            double sum = 0;
            for (var i = 0; i < values.Count; i++)
                sum += values[random.Next(values.Count)];
            means[draw] = sum / values.Count;
        }
        Array.Sort(means);
        return new Interval(values.Average(), means[Draws * 25 / 1000], means[(Draws * 975 / 1000) - 1]);
    }
}
