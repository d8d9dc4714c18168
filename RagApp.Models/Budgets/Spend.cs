using System.Runtime.InteropServices;
using RagApp.Contracts.Usage;

namespace RagApp.Models.Budgets;

/// <summary>An amount of money and tokens. Money is counted in whole micro-dollars, so that no sum is rounded.</summary>
/// <param name="MicroDollars">Millionths of a US dollar.</param>
/// <param name="Tokens">Input and output tokens together.</param>
[StructLayout(LayoutKind.Auto)]
public readonly record struct Spend(long MicroDollars, long Tokens)
{
    public static Spend None => default;

    public static Spend Of(UsageRecord record) => new(record.MicroDollars, record.InputTokens + record.OutputTokens);

    public static Spend operator +(Spend one, Spend other) => Add(one, other);

    public static Spend Add(Spend one, Spend other) => new(one.MicroDollars + other.MicroDollars, one.Tokens + other.Tokens);
}
