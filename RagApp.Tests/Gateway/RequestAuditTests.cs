using System.Net.Http.Json;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging.Abstractions;
using RagApp.Benchmarks.Services;
using RagApp.Contracts;
using RagApp.Contracts.Identity;
using RagApp.Contracts.Search;
using RagApp.Gateway.Audit;
using RagApp.Storage.Journals;
using RagApp.Tests.TestServices;
using RagApp.Tests.TestServices.FakeProvider;

namespace RagApp.Tests.Gateway;

/// <summary>Audit records of answers, searches, chat completions and refusals.</summary>
public sealed class RequestAuditTests(EmbeddedRedis redis) : IClassFixture<EmbeddedRedis>, IDisposable
{
    private static readonly SearchHit Expenses = AnswerFixture.Passage("expenses", "Expenses are paid with the company card 4111 1111 1111 1111, as everybody knows.");

    private const string TenantOfAlice = "acme";

    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task Audit_AnswersAndSearches_HaveARecordEachWithoutText()
    {
        await using var search = await AnswerFixture.SearchAsync(Cancellation, Expenses);
        await using var embedding = await AnswerFixture.EmbeddingAsync(Cancellation);
        await using var gateway = await GatewayUnderTest.StartAsync(Cancellation, search: search, embedding: embedding, settings: [$"--Storage:DataPath={_folder.Path}", "--Extractive:MinScore=0"]);
        using var client = gateway.Client();

        using var answer = await client.SendAsync(AnswerFixture.Ask("Which card are expenses paid with?", stream: true), Cancellation);
        await AnswerFixture.ReadEventsAsync(answer, Cancellation);
        using var found = await client.PostAsJsonAsync("v1/search", new SearchRequest("xylophone"), ContractsJson.Default.SearchRequest, Cancellation);
        var records = await RecordsAsync(gateway);

        records.Select(record => record.Action).ShouldBe([AuditActions.AnswerGiven, AuditActions.SearchMade], ignoreOrder: true);
        var given = records.Single(record => record.Action == AuditActions.AnswerGiven);
        given.Actor.ShouldBe("user:demo-alice");
        given.TraceId.ShouldNotBeNullOrEmpty();
        (given.Details["outcome"], given.Details["answerer"], given.Details["documents"], given.Details["hidden"]).ShouldBe(("found", "extractive", "expenses", "payment-card:1"));
        var made = records.Single(record => record.Action == AuditActions.SearchMade);
        (made.Details["hits"], made.Details["documents"], made.Details["hidden"]).ShouldBe(("1", "expenses", "payment-card:1"));
        string.Concat(records.Select(AuditLines.Of)).ShouldNotContain("xylophone");
        string.Concat(records.Select(AuditLines.Of)).ShouldNotContain("4111");
    }

    [Fact]
    public async Task Audit_CompletionsAndBudgets_HaveARecordEach()
    {
        await using var provider = await FakeModelProvider.StartAsync(Cancellation);
        await using var gateway = await GatewayUnderTest.StartAsync(Cancellation, settings:
        [
            $"--Storage:DataPath={_folder.Path}", $"--ConnectionStrings:redis={redis.ConnectionString}", "--Budgets:Limits:0:Tokens=1000",
            $"--Chat:Endpoint={provider.Endpoint}", $"--Chat:ApiKey={FakeModelProvider.Key}", $"--Chat:Model={FakeModelProvider.ChatModel}",
        ]);

        await CompleteAsync(gateway, 60);
        await CompleteAsync(gateway, 5_000);
        var records = await RecordsAsync(gateway);

        records.Single(record => record.Action == AuditActions.CompletionGiven).Details["model"].ShouldBe(FakeModelProvider.ChatModel);
        records.Single(record => record.Action == AuditActions.BudgetRefused).Details["feature"].ShouldBe("chat");
    }

    [Fact]
    public async Task Write_TheStoreIsAway_KeepsTheRecords()
    {
        var journal = new AwayJournal();
        await using var services = new ServiceCollection().AddSingleton<IAuditJournal>(journal).BuildServiceProvider();
        using var audit = new RequestAudit(services, TimeProvider.System, NullLogger<RequestAudit>.Instance);
        audit.Record(Principal.ForService("acme", "test"), AuditActions.SearchMade, [("hits", "1"), ("hidden", "")]);

        await audit.WriteAsync(Cancellation);
        journal.Records.ShouldBeEmpty();
        journal.IsAway = false;
        await audit.WriteAsync(Cancellation);

        journal.Records.ShouldHaveSingleItem().Details.ShouldBe(new Dictionary<string, string>(StringComparer.Ordinal) { ["hits"] = "1" });
    }

    private static async Task CompleteAsync(GatewayUnderTest gateway, int most)
    {
        using var client = gateway.Client();
        using var content = new StringContent($$"""{"model":"fake-chat","max_tokens":{{most}},"messages":[{"role":"user","content":"Hi"}]}""", mediaType: new("application/json"));
        using var response = await client.PostAsync("v1/chat/completions", content, Cancellation);
    }

    private static async Task<List<AuditRecord>> RecordsAsync(GatewayUnderTest gateway)
    {
        await gateway.Services.GetRequiredService<RequestAudit>().WriteAsync(Cancellation);
        return await gateway.Services.GetRequiredService<IAuditJournal>()
            .ReadAsync(TenantOfAlice, DateTimeOffset.MinValue, DateTimeOffset.MaxValue, Cancellation).ToListAsync(Cancellation);
    }

    /// <summary>A journal whose store is away at first.</summary>
    private sealed class AwayJournal : IAuditJournal
    {
        public List<AuditRecord> Records { get; } = [];

        public bool IsAway { get; set; } = true;

        public Task AppendAsync(AuditRecord record, CancellationToken cancellationToken)
        {
            if (IsAway)
                return Task.FromException(new IOException("away"));
            Records.Add(record);
            return Task.CompletedTask;
        }

        public IAsyncEnumerable<AuditRecord> ReadAsync(string tenant, DateTimeOffset from, DateTimeOffset to, CancellationToken cancellationToken) => Records.ToAsyncEnumerable();

        public IAsyncEnumerable<string> ListTenantsAsync(CancellationToken cancellationToken) => AsyncEnumerable.Empty<string>();
    }
}
