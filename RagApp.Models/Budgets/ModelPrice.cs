namespace RagApp.Models.Budgets;

/// <summary>Price of a model, in micro-dollars.</summary>
/// <param name="Input">Price of a million input tokens.</param>
/// <param name="Output">Price of a million output tokens.</param>
/// <param name="Call">Price of a call, whatever its tokens.</param>
public sealed record ModelPrice(long Input, long Output, long Call = 0)
{
    private const long Million = 1_000_000;

    /// <summary>Price of a model that costs nothing, such as one on this machine.</summary>
    public static ModelPrice Free { get; } = new(0, 0);

    /// <summary>Creates a price from US dollars per million tokens, as providers state it.</summary>
    public static ModelPrice PerMillion(decimal inputDollars, decimal outputDollars) => new(Money.MicroDollars(inputDollars), Money.MicroDollars(outputDollars));

    /// <summary>Cost of a call in micro-dollars, rounded up to a whole one.</summary>
    public long CostOf(long inputTokens, long outputTokens)
    {
        var millionths = ((Int128)inputTokens * Input) + ((Int128)outputTokens * Output);
        return Call + (long)((millionths + Million - 1) / Million);
    }
}
