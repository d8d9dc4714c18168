using RagApp.Gateway.Answers.Model.Support;

namespace RagApp.Tests.Gateway;

public sealed class NumbersTests
{
    [Theory]
    [InlineData("1,000.50 and 1.000,5 and 1 000,5 and 1’000.5", "1000.5 1000.5 1000.5 1000.5")]
    [InlineData("on the 25th, 50% of €7", "25 50 7")]
    [InlineData("25.11.2026 and 2026-11-05", "25 11 2026 2026 11 5")]
    [InlineData("1.5 is not 15, 0.5 is 0,50", "1.5 15 0.5 0.5")]
    [InlineData("1.234.567 and 1,234", "1234567 1234")]
    [InlineData("in 2024 30 days", "2024 30")]
    [InlineData("١٢ شهرا و٣٫٥", "12 3.5")]
    [InlineData("ISO27001 and v2.1", "27001 2.1")]
    [InlineData("none at all", "")]
    public void In_WrittenInAnyWay_IsOneForm(string text, string numbers) => string.Join(' ', Numbers.In(text)).ShouldBe(numbers);
}
