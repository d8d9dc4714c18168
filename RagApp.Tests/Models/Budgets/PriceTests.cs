using RagApp.Models.Budgets;

namespace RagApp.Tests.Models.Budgets;

public sealed class PriceTests
{
    [Theory]
    [InlineData(2.5, 10, 1_000, 500, 7_500)]
    [InlineData(0.02, 0, 10, 0, 1)]
    [InlineData(0.02, 0, 50, 0, 1)]
    [InlineData(0.02, 0, 51, 0, 2)]
    [InlineData(0, 0, 1_000_000, 1_000_000, 0)]
    [InlineData(100_000, 100_000, 4_000_000_000, 4_000_000_000, 800_000_000_000_000)]
    public void CostOf_AnyPrice_IsRoundedUpToAMicroDollar(double input, double output, long inputTokens, long outputTokens, long cost) =>
        ModelPrice.PerMillion((decimal)input, (decimal)output).CostOf(inputTokens, outputTokens).ShouldBe(cost);

    [Theory]
    [InlineData(12_500_000, "$12.50")]
    [InlineData(31, "$0.000031")]
    [InlineData(-1_000_000, "-$1.00")]
    [InlineData(0, "$0.00")]
    public void Text_OfMoney_HasAtLeastCents(long microDollars, string text) => Money.Text(microDollars).ShouldBe(text);

    [Fact]
    public void CostOf_PriceOfACall_IsAddedOnce() => new ModelPrice(1_000_000, 0, Call: 2_000).CostOf(50, 0).ShouldBe(2_050);
}
