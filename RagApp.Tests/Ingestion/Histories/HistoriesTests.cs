using System.Globalization;

namespace RagApp.Tests.Ingestion.Histories;

/// <summary>
/// Random histories. <c>RAGAPP_HISTORIES</c> sets their number (default 200); <c>RAGAPP_HISTORY</c> repeats the one whose
/// number a failure reports.
/// </summary>
public sealed class HistoriesTests
{
    private const int Usual = 200;

    [Fact]
    public void Run_RandomHistories_NobodyEverReadsWhatIsNotTheirsAndNothingIsLost()
    {
        var (first, count) = Environment.GetEnvironmentVariable("RAGAPP_HISTORY") is { } one ? (Number(one), 1) : (0, Number(Environment.GetEnvironmentVariable("RAGAPP_HISTORIES") ?? $"{Usual}"));
        var steps = 0L;
        for (var seed = first; seed < first + count; seed++)
        {
            using var history = new History(seed);
            history.Run();
            steps += history.Steps;
            if ((seed + 1 - first) % Usual == 0)
                TestContext.Current.TestOutputHelper?.WriteLine($"{seed + 1 - first} histories, {steps} steps");
        }
        steps.ShouldBeGreaterThan(count * 100L, "a history is made of many steps");
    }

    private static int Number(string text) => int.Parse(text, CultureInfo.InvariantCulture);
}
