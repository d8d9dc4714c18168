using System.Net;
using System.Net.Http.Json;
using System.Security.Cryptography;
using System.Text;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;
using RagApp.Benchmarks.Services;
using RagApp.Contracts;
using RagApp.Contracts.Usage;
using RagApp.Models;
using RagApp.Models.Budgets;
using RagApp.Tests.TestServices;

namespace RagApp.Tests.Gateway.Usage;

public sealed class UsageTests(EmbeddedRedis redis) : IClassFixture<EmbeddedRedis>, IAsyncLifetime
{
    private const string Admin = "key-of-an-admin";
    private const string Bob = "key-of-bob";

    private static readonly DateTimeOffset Monday = new(2026, 11, 23, 9, 0, 0, TimeSpan.Zero);

    private readonly TemporaryFolder _folder = new();
    private GatewayUnderTest _gateway = null!;

    public async ValueTask InitializeAsync()
    {
        _gateway = await GatewayUnderTest.StartAsync(Cancellation, environment: "Production", settings: [.. Keys, .. Stores, "--Budgets:Limits:0:Tenant=acme", "--Budgets:Limits:0:Dollars=2", "--Budgets:Limits:1:Key=*", "--Budgets:Limits:1:Tokens=5000"]);
        var journal = _gateway.Services.GetRequiredService<IUsageJournal>();
        UsageRecord[] records =
        [
            Record("1", Monday, "acme", IdOf(Bob), "gpt-4o", "answers", 100, 20, 450),
            Record("2", Monday.AddHours(1), "acme", IdOf(Bob), "gpt-4o", "rewriting", 10, 2, 45),
            Record("3", Monday.AddDays(1), "acme", IdOf(Bob), "gpt-4o", "answers", 200, 40, 900),
            Record("4", Monday.AddDays(1), "acme", null, "=cmd()", "ingestion, bulk", 1_000_000, 0, 20_000),
            Record("5", Monday, "globex", "other", "gpt-4o", "answers", 7, 7, 7),
        ];
        await journal.AppendAsync(records, Cancellation);
        await journal.AppendAsync([records[1]], Cancellation); // a copy, as after a crash
    }

    public async ValueTask DisposeAsync()
    {
        await _gateway.DisposeAsync();
        _folder.Dispose();
    }

    private static string[] Keys =>
    [
        .. KeyOf(0, Admin, "ada", "acme"), "--ApiKeys:0:Roles:0=admin", .. KeyOf(1, Bob, "bob", "acme"),
    ];

    private string[] Stores => [$"--ConnectionStrings:redis={redis.ConnectionString}", $"--Storage:DataPath={_folder.Path}"];

    [Fact]
    public async Task Get_AsAdmin_IsTheWholeTenantEachCallOnce()
    {
        var report = await GetAsync(Admin, "?from=2026-11-01&to=2026-11-30&by=day,model");

        report.Lines.Select(line => (line.Day, line.Model, line.Usage.Calls, line.Usage.Cost)).ShouldBe(
        [
            (new DateOnly(2026, 11, 23), "gpt-4o", 2, 0.000495m),
            (new DateOnly(2026, 11, 24), "=cmd()", 1, 0.02m),
            (new DateOnly(2026, 11, 24), "gpt-4o", 1, 0.0009m),
        ]);
        report.Total.ShouldBe(new UsageTotal(4, 1_000_310, 62, 0.021395m));
    }

    [Fact]
    public async Task Get_AsAnybodyElse_IsTheirOwnKey()
    {
        var report = await GetAsync(Bob, "?from=2026-11-01&to=2026-11-30&by=feature,key");

        report.Lines.Select(line => (line.Day, line.Feature, line.Key, line.Usage.InputTokens)).ShouldBe(
            [(null, "answers", IdOf(Bob), 300), (null, "rewriting", IdOf(Bob), 10)]);
        report.Budgets.Select(budget => budget.Scope).ShouldBe(["key"]);
    }

    [Fact]
    public async Task Get_AfterACall_HasItAndWhatIsLeftOfTheBudgets()
    {
        var budgets = _gateway.Services.GetRequiredService<ModelBudgets>();
        var caller = new ModelCaller("acme", "answers") { KeyId = IdOf(Admin) };
        await using var running = await budgets.ReserveAsync(caller, "gpt-4o", ModelPrice.PerMillion(2.5m, 10), () => 1_000, 500, Cancellation);
        await using (var charge = await budgets.ReserveAsync(caller, "gpt-4o", ModelPrice.PerMillion(2.5m, 10), () => 1_000, 500, Cancellation))
            await charge.SettleAsync(1_000, 100, isCounted: false);

        UsageReport report = null!;
        await Eventually.HoldsAsync(async () => (report = await GetAsync(Admin, $"?from={TimeProvider.System.GetUtcNow().AddDays(-1):yyyy-MM-dd}&by=key")).Total.Calls == 1);

        report.Lines.ShouldHaveSingleItem().ShouldBe(new UsageLine(null, null, null, IdOf(Admin), new UsageTotal(1, 1_000, 100, 0.0035m)));
        var left = report.Budgets.ToDictionary(budget => (budget.Scope, budget.Unit), budget => (budget.Spent, budget.Reserved, budget.Left));
        left[("tenant", "usd")].ShouldBe((0.0035m, 0.0075m, 1.989m));
        left[("key", "tokens")].ShouldBe((1_100, 1_500, 2_400));
    }

    [Fact]
    public async Task Get_AsCsv_IsATableThatNoSpreadsheetRuns()
    {
        using var client = _gateway.Client(Admin);
        using var response = await client.GetAsync("v1/usage?from=2026-11-24&to=2026-11-24&format=csv", Cancellation);

        response.Content.Headers.ContentType!.MediaType.ShouldBe("text/csv");
        (await response.Content.ReadAsStringAsync(Cancellation)).ShouldBe(
            "day,model,feature,key,calls,inputTokens,outputTokens,costUsd\r\n"
            + "2026-11-24,'=cmd(),\"ingestion, bulk\",,1,1000000,0,0.02\r\n"
            + $"2026-11-24,gpt-4o,answers,{IdOf(Bob)},1,200,40,0.0009\r\n");
    }

    [Theory]
    [InlineData("?by=colour", "'colour'")]
    [InlineData("?format=xml", "'xml'")]
    [InlineData("?from=2026-12-02&to=2026-12-01", "'from'")]
    [InlineData("?from=2020-01-01&to=2026-12-01", "366 days")]
    [InlineData("?from=yesterday", "'from'")]
    public async Task Get_WithWhatItDoesNotTake_SaysSo(string query, string words)
    {
        using var client = _gateway.Client(Admin);
        using var response = await client.GetAsync($"v1/usage{query}", Cancellation);

        (await response.ShouldBeProblemAsync(HttpStatusCode.BadRequest, Cancellation)).Detail.ShouldNotBeNull().ShouldContain(words);
    }

    [Fact]
    public async Task Get_WithoutStores_IsNotFoundAndTheGatewayRuns()
    {
        await using var bare = await GatewayUnderTest.StartAsync(Cancellation);
        using var client = bare.Client();
        using var response = await client.GetAsync("v1/usage", Cancellation);

        (await response.ShouldBeProblemAsync(HttpStatusCode.NotFound, Cancellation)).Detail.ShouldNotBeNull().ShouldContain("Redis");
    }

    [Fact]
    public async Task Start_BudgetsWithoutStores_IsRefusedWithTheWayOut() =>
        (await Should.ThrowAsync<OptionsValidationException>(() => GatewayUnderTest.StartAsync(Cancellation, settings: "--Budgets:Limits:0:Dollars=2")))
        .Message.ShouldContain("ConnectionStrings:redis");

    [Fact]
    public async Task Me_WithAKey_NamesItsIdAndNeverTheKey()
    {
        using var client = _gateway.Client(Bob);

        (await client.GetFromJsonAsync("v1/me", ContractsJson.Default.PersonInfo, Cancellation))!.KeyId.ShouldBe(IdOf(Bob));
    }

    private static string IdOf(string key) => HashOf(key)[..16];

    private static string HashOf(string key) => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(key)));

    private static string[] KeyOf(int index, string key, string subject, string tenant) =>
        [$"--ApiKeys:{index}:Hash={HashOf(key)}", $"--ApiKeys:{index}:Tenant={tenant}", $"--ApiKeys:{index}:Subject={subject}"];

    private static UsageRecord Record(string id, DateTimeOffset at, string tenant, string? key, string model, string feature, long input, long output, long cost) =>
        new(id, at, tenant, key, model, feature, input, output, cost, at, IsCounted: false);

    private async Task<UsageReport> GetAsync(string key, string query)
    {
        using var client = _gateway.Client(key);
        return (await client.GetFromJsonAsync($"v1/usage{query}", ContractsJson.Default.UsageReport, Cancellation))!;
    }
}
