namespace RagApp.Models.Budgets;

/// <summary>Limits of one scope and period; a limit that is null does not exist.</summary>
/// <param name="Tokens">Hard limit of tokens: a call that would pass it is refused.</param>
/// <param name="MicroDollars">Hard limit of money.</param>
/// <param name="SoftTokens">Soft limit of tokens: passing it raises an event.</param>
/// <param name="SoftMicroDollars">Soft limit of money.</param>
public sealed record BudgetLimit(long? Tokens, long? MicroDollars, long? SoftTokens, long? SoftMicroDollars)
{
    public static BudgetLimit None { get; } = new(null, null, null, null);

    public bool IsHard => Tokens is not null || MicroDollars is not null;

    public bool IsSoft => SoftTokens is not null || SoftMicroDollars is not null;

    /// <summary>The limit that both allow.</summary>
    internal BudgetLimit And(BudgetLimit other) => new(
        Least(Tokens, other.Tokens), Least(MicroDollars, other.MicroDollars),
        Least(SoftTokens, other.SoftTokens), Least(SoftMicroDollars, other.SoftMicroDollars));

    private static long? Least(long? one, long? other) => one is null || other < one ? other ?? one : one;
}
