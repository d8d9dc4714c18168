using RagApp.Embedding.Reading;

namespace RagApp.Benchmarks.Calibration;

/// <summary>Logistic regression over two figures of a reading, by Newton's method.</summary>
/// <param name="Weights">Weights of "answerable", of the margin, and the offset.</param>
internal sealed record LogisticFit(double[] Weights)
{
    /// <summary>Newton's method doubles the right digits with each step; this many are enough for any start.</summary>
    private const int Steps = 25;

    /// <summary>A little weight on small numbers, so that sets without an error have a fit too.</summary>
    private const double Ridge = 1e-4;

    /// <summary>Fits over sets, each of which weighs the same.</summary>
    public static LogisticFit Over(IReadOnlyList<IReadOnlyList<JudgedSpan>> sets)
    {
        var weights = new double[3];
        for (var step = 0; step < Steps; step++)
        {
            var gradient = weights.Select(weight => -Ridge * weight).ToArray();
            var hessian = new double[3, 3];
            for (var i = 0; i < 3; i++)
                hessian[i, i] = Ridge;
            foreach (var set in sets)
            {
                foreach (var example in set)
                    Add(example, new LogisticFit(weights).Probability(example), 1.0 / set.Count, gradient, hessian);
            }
            var change = Solve(hessian, gradient);
            weights = [.. weights.Zip(change, (weight, by) => weight + by)];
        }
        return new LogisticFit(weights);
    }

    /// <summary>The same weights with the offset that fits <paramref name="examples"/> best.</summary>
    public LogisticFit WithOwnOffset(IReadOnlyList<JudgedSpan> examples)
    {
        var (low, high) = (Weights[2] - 10, Weights[2] + 10);
        var right = examples.Count(example => example.IsRight);
        while (high - low > 1e-6)
        {
            var middle = new LogisticFit([Weights[0], Weights[1], (low + high) / 2]);
            (low, high) = examples.Sum(middle.Probability) < right ? (middle.Weights[2], high) : (low, middle.Weights[2]);
        }
        return new LogisticFit([Weights[0], Weights[1], low]);
    }

    public double Probability(JudgedSpan example) => 1 / (1 + Math.Exp(-((Weights[0] * example.Answerable) + (Weights[1] * example.Margin) + Weights[2])));

    /// <summary>Mean of the negative logarithm of the probability of what is the case; 0.69 is that of a coin.</summary>
    public double LogLoss(IReadOnlyList<JudgedSpan> examples) => examples.Average(example =>
        -Math.Log(Math.Max(1e-12, example.IsRight ? Probability(example) : 1 - Probability(example))));

    public ReaderCalibration ToCalibration(string reader) => new()
    {
        Reader = reader,
        Answerable = Math.Round(Weights[0], 4),
        Margin = Math.Round(Weights[1], 4),
        Offset = Math.Round(Weights[2], 4),
    };

    private static void Add(JudgedSpan example, double probability, double weight, double[] gradient, double[,] hessian)
    {
        double[] figures = [example.Answerable, example.Margin, 1];
        for (var i = 0; i < 3; i++)
        {
            gradient[i] += weight * ((example.IsRight ? 1 : 0) - probability) * figures[i];
            for (var j = 0; j < 3; j++)
                hessian[i, j] += weight * probability * (1 - probability) * figures[i] * figures[j];
        }
    }

    /// <summary>Solves three linear equations by elimination; the matrix is symmetric and positive definite.</summary>
    private static double[] Solve(double[,] matrix, double[] right)
    {
        var solved = (double[])right.Clone();
        for (var column = 0; column < 3; column++)
        {
            for (var row = column + 1; row < 3; row++)
            {
                var factor = matrix[row, column] / matrix[column, column];
                for (var k = column; k < 3; k++)
                    matrix[row, k] -= factor * matrix[column, k];
                solved[row] -= factor * solved[column];
            }
        }
        for (var row = 2; row >= 0; row--)
        {
            for (var k = row + 1; k < 3; k++)
                solved[row] -= matrix[row, k] * solved[k];
            solved[row] /= matrix[row, row];
        }
        return solved;
    }
}
