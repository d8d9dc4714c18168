using System.Net;
using Microsoft.Extensions.DependencyInjection;
using RagApp.Benchmarks.Services;
using RagApp.Contracts.Embeddings;
using RagApp.Contracts.Http;
using RagApp.Contracts.Usage;
using RagApp.Tests.TestServices;
using RagApp.Tests.TestServices.FakeProvider;
using static RagApp.Tests.Embedding.EmbeddingUnderTest;

namespace RagApp.Tests.Embedding;

/// <summary>The embedding service under a budget, with a Redis and a journal; a real HTTP server plays the provider.</summary>
public sealed class EmbeddingBudgetTests(EmbeddedRedis redis) : IClassFixture<EmbeddedRedis>, IAsyncLifetime
{
    private readonly TemporaryFolder _folder = new();
    private EmbeddingServer _server = null!;

    public async ValueTask InitializeAsync() => _server = await EmbeddingServer.StartAsync(Cancellation);

    public async ValueTask DisposeAsync()
    {
        await _server.DisposeAsync();
        _folder.Dispose();
    }

    [Fact]
    public async Task Embed_UnderABudget_IsChargedOnceAndRefusedWhenItIsSpent()
    {
        await using var service = await StartAsync(Cancellation,
            "--Embedding:ModelPath=", "--Embedding:Reader:Path=", "--Embedding:Provider:Provider=ollama", $"--Embedding:Provider:Endpoint={_server.Address}",
            "--Embedding:Provider:Model=a-model", $"--Embedding:Provider:Dimension={EmbeddingServer.Dimension}", "--Embedding:Provider:InputPrice=2",
            $"--ConnectionStrings:redis={redis.ConnectionString}", $"--Storage:DataPath={_folder.Path}", "--Budgets:Limits:0:Tenant=acme", "--Budgets:Limits:0:Tokens=100");
        var journal = service.Services.GetRequiredService<IUsageJournal>();
        var request = new EmbeddingsRequest(["a text of 21 letters."]);
        EmbeddingsResponse<float[]>? answer = null;
        await Eventually.HoldsAsync(async () => // the ledger of a new Redis is rebuilt first
        {
            try
            {
                answer = await service.Client.EmbedAsync(Alice with { KeyId = "k1" }, request, Cancellation);
                return true;
            }
            catch (ApiException exception) when (exception.Status == HttpStatusCode.ServiceUnavailable)
            {
                return false;
            }
        });

        await service.Client.EmbedAsync(Alice, request, Cancellation); // from the cache
        var refusal = await Should.ThrowAsync<ApiException>(service.Client.EmbedAsync(Alice, new EmbeddingsRequest([string.Concat(Enumerable.Repeat("many words ", 100))]), Cancellation));
        await service.Client.EmbedAsync(Eve, new EmbeddingsRequest([string.Concat(Enumerable.Repeat("other words ", 100))]), Cancellation);

        answer!.Usage.PromptTokens.ShouldBe(21);
        refusal.Status.ShouldBe(HttpStatusCode.PaymentRequired);
        refusal.Message.ShouldStartWith("The budget of the tenant 'acme' for this day has 79 tokens left");
        var records = new List<UsageRecord>();
        await Eventually.HoldsAsync(async () => (records = await journal.ReadAsync("acme", DateTimeOffset.MinValue, DateTimeOffset.MaxValue, Cancellation).ToListAsync(Cancellation)).Count > 0);
        var record = records.ShouldHaveSingleItem();
        (record.KeyId, record.Model, record.Feature, record.InputTokens, record.MicroDollars).ShouldBe(("k1", "a-model", "embeddings", 21, 42));
    }
}
