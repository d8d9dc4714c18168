using System.Net.Http.Json;
using System.Text.Json;
using Microsoft.Extensions.DependencyInjection;
using RagApp.Benchmarks.Services;
using RagApp.Contracts;
using RagApp.Contracts.Usage;
using RagApp.Tests.TestServices;

namespace RagApp.Tests.Gateway.Agentic;

/// <summary>Agentic answers under a budget: each round is charged as a call of its own.</summary>
public sealed class AgenticBudgetTests : AgenticServices
{
    [Fact]
    public async Task Answer_BudgetEndsBetweenRounds_IsRefusedWithWhatIsSpent()
    {
        using var redis = new EmbeddedRedis();
        using var folder = new TemporaryFolder();
        await using var model = await ScriptedRounds.StartAsync(Cancellation, Round.Search("more"));
        model.PromptTokens = 9_000;
        await using var gateway = await StartAsync(
            model, $"--ConnectionStrings:redis={redis.ConnectionString}", $"--Storage:DataPath={folder.Path}", "--Budgets:Limits:0:Key=*", "--Budgets:Limits:0:Tokens=10000");

        var events = await StreamAsync(gateway);

        events.Select(item => item.EventType).ShouldBe(["progress", "error"]);
        JsonSerializer.Deserialize(events[^1].Data, ContractsJson.Default.Problem)!.Status.ShouldBe(402);
        model.Requests.Count.ShouldBe(1);
        using var client = gateway.Client();
        var budget = (await client.GetFromJsonAsync("v1/usage", ContractsJson.Default.UsageReport, Cancellation))!.Budgets.ShouldHaveSingleItem();
        (budget.Spent, budget.Reserved).ShouldBe((9_010, 0));
        await gateway.StopAsync(Cancellation); // its records are written into the folder that is deleted now
    }

    [Fact]
    public async Task Answer_LedgerIsGoneBetweenRounds_IsAnErrorAndTheFirstRoundIsCharged()
    {
        var redis = new EmbeddedRedis();
        using var folder = new TemporaryFolder();
        await using var model = await ScriptedRounds.StartAsync(Cancellation, Round.Search("more"), new Round(ScriptedRounds.Answer));
        await using var gateway = await StartAsync(
            model, $"--ConnectionStrings:redis={redis.ConnectionString},asyncTimeout=1000", $"--Storage:DataPath={folder.Path}", "--Budgets:Limits:0:Key=*", "--Budgets:Limits:0:Tokens=100000");
        Searched = number =>
        {
            if (number == 2) // that of the first round; the search before it belongs to the question
                redis.Dispose();
        };

        var events = await StreamAsync(gateway);

        events.Select(item => item.EventType).ShouldBe(["progress", "error"]);
        var problem = JsonSerializer.Deserialize(events[^1].Data, ContractsJson.Default.Problem)!;
        problem.Status.ShouldBe(503);
        problem.Detail.ShouldNotBeNull().ShouldContain("ledger of the budgets cannot be reached");
        problem.RetryAfter.ShouldNotBeNull();
        model.Requests.Count.ShouldBe(1);
        var journal = gateway.Services.GetRequiredService<IUsageJournal>();
        await Eventually.HoldsAsync(async () =>
            (await journal.ReadAsync("acme", DateTimeOffset.MinValue, DateTimeOffset.MaxValue, Cancellation).ToListAsync(Cancellation))
                .Select(record => (record.Feature, record.InputTokens, record.OutputTokens)).SequenceEqual([("agentic", 100L, 10L)]));
        await gateway.StopAsync(Cancellation);
    }
}
