using Microsoft.Extensions.AI;
using RagApp.Benchmarks.Services;
using RagApp.Contracts.Embeddings;
using RagApp.Embedding.Provider;
using RagApp.Embedding.Serving;
using RagApp.Models.Budgets;
using RagApp.Models.Errors;
using RagApp.Models.Tokens;
using RagApp.Tests.Models.Budgets;
using RagApp.Tests.TestServices;
using StackExchange.Redis;

namespace RagApp.Tests.Embedding;

/// <summary>Charges of embedding requests: what is settled, however the calls for them end.</summary>
public sealed class ChargedGeneratorTests(EmbeddedRedis redis) : IClassFixture<EmbeddedRedis>, IAsyncLifetime
{
    private const string Text = "What is the capital of France?";

    private static readonly ModelTerms Terms = new(Replica.Model, Replica.Price, TokenCounter.For(Replica.Model, encoding: null), MaxOutputTokens: 0);

    private readonly MemoryJournal _journal = new();
    private readonly TestClock _clock = new();
    private ConnectionMultiplexer? _connection;
    private Replica? _replica;

    private static long Counted => Terms.Tokens.Count(Text);

    public async ValueTask InitializeAsync()
    {
        _connection = await ConnectionMultiplexer.ConnectAsync(redis.ConnectionString, server => server.AllowAdmin = true);
        await _connection.GetDatabase().ExecuteAsync("FLUSHALL");
        _replica = new Replica(_connection, _journal, BudgetSettings.With(new BudgetLimitOptions { Tenant = "acme", Tokens = 100_000 }), _clock);
        await _replica.SeedAsync();
    }

    public async ValueTask DisposeAsync()
    {
        await _replica!.DisposeAsync();
        await _connection!.DisposeAsync();
    }

    [Theory]
    [InlineData(9)]
    [InlineData(0)]
    public async Task Generate_Embedded_IsChargedWhatIsReportedOrCounted(int reported)
    {
        await GenerateAsync(reported, failure: null);

        await ShouldBeChargedAsync(reported > 0 ? reported : Counted, isCounted: reported == 0);
    }

    [Fact]
    public async Task Generate_SomeTextsAreEmbeddedAndOneFails_ThoseAreCharged()
    {
        await Should.ThrowAsync<ModelException>(GenerateAsync(9, new ModelException(ModelError.Unavailable, "gone")));

        await ShouldBeChargedAsync(9, isCounted: false);
    }

    [Fact]
    public async Task Generate_NothingIsEmbedded_NothingIsCharged()
    {
        await Should.ThrowAsync<ModelException>(GenerateAsync(0, new ModelException(ModelError.Unavailable, "gone")));

        (await _replica!.DayAsync(_clock.Now)).ShouldBe((0, 0));
        await _replica.FlushAsync();
        _journal.Lines.ShouldBeEmpty();
    }

    [Fact]
    public async Task Generate_CallerLeavesASharedCall_IsChargedItsTextWhenTheCallEnds()
    {
        await using var batching = await BatchingUnderTest.StartAsync();
        batching.Server.Hold();
        using var generator = new ChargedGenerator(batching.Create(new BatchingSettings { BatchSize = 2, BatchWait = TimeSpan.FromMinutes(1) }), _replica!.Budgets, () => Terms);
        using var leaving = new CancellationTokenSource();
        var left = generator.GenerateAsync(["left"], WorkOf("acme"), leaving.Token);
        var stays = generator.GenerateAsync(["stays"], WorkOf("globex"), Cancellation);
        await Eventually.HoldsAsync(() => batching.Server.Calls.Count == 1);

        await leaving.CancelAsync();
        await Should.ThrowAsync<OperationCanceledException>(left);
        (await _replica.DayAsync(_clock.Now)).Held.ShouldBe(Terms.Tokens.Count("left"), "the call goes on");
        batching.Server.Release(1);
        (await stays).Count.ShouldBe(1);

        await Eventually.HoldsAsync(async () => await _replica.DayAsync(_clock.Now) == ("left".Length, 0));
        await ShouldBeChargedAsync("left".Length, isCounted: false);
    }

    [Fact]
    public async Task Generate_AllCallersOfACallLeave_NothingIsCharged()
    {
        await using var batching = await BatchingUnderTest.StartAsync();
        batching.Server.Hold();
        using var generator = new ChargedGenerator(batching.Create(new BatchingSettings { BatchSize = 1 }), _replica!.Budgets, () => Terms);
        using var leaving = new CancellationTokenSource();
        var left = generator.GenerateAsync(["left"], WorkOf("acme"), leaving.Token);
        await Eventually.HoldsAsync(() => batching.Server.Calls.Count == 1);

        await leaving.CancelAsync();
        await Should.ThrowAsync<OperationCanceledException>(left);

        await Eventually.HoldsAsync(async () => await _replica.DayAsync(_clock.Now) == (0, 0));
        await _replica.FlushAsync();
        _journal.Lines.ShouldBeEmpty();
    }

    private static EmbeddingWork WorkOf(string tenant) => new(Replica.Caller(tenant), EmbeddingInputType.Query, windowPrefix: null);

    private async Task GenerateAsync(int reported, ModelException? failure)
    {
        using var generator = new ChargedGenerator(new OneProvider(reported, failure), _replica!.Budgets, () => Terms);
        await generator.GenerateAsync(
            [Text], new EmbeddingWork(Replica.Caller(), EmbeddingInputType.Query, windowPrefix: null), TestContext.Current.CancellationToken);
    }

    private async Task ShouldBeChargedAsync(long input, bool isCounted)
    {
        (await _replica!.DayAsync(_clock.Now)).ShouldBe((input, 0));
        await _replica.FlushAsync();
        var record = _journal.Lines.Where(line => line.Tenant == "acme").ShouldHaveSingleItem();
        (record.InputTokens, record.OutputTokens, record.MicroDollars, record.IsCounted).ShouldBe((input, 0, input, isCounted));
        (record.Tenant, record.KeyId, record.Model).ShouldBe(("acme", "k1", Replica.Model));
    }

    /// <summary>A provider that counts tokens for some of the texts, and then answers or fails.</summary>
    private sealed class OneProvider(int reported, ModelException? failure) : IEmbeddingGenerator<string, Embedding<float>>
    {
        public Task<GeneratedEmbeddings<Embedding<float>>> GenerateAsync(
            IEnumerable<string> values, EmbeddingGenerationOptions? options = null, CancellationToken cancellationToken = default)
        {
            if (reported > 0)
                EmbeddingWork.Of(options).AddUsed(reported);
            return failure is null
                ? Task.FromResult(new GeneratedEmbeddings<Embedding<float>>([new Embedding<float>(new float[] { 1 })]))
                : Task.FromException<GeneratedEmbeddings<Embedding<float>>>(failure);
        }

        public object? GetService(Type serviceType, object? serviceKey = null) => null;

        public void Dispose()
        {
        }
    }
}
