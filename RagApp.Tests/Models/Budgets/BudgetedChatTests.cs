using Microsoft.Extensions.AI;
using RagApp.Benchmarks.Services;
using RagApp.Models.Budgets;
using RagApp.Models.Errors;
using RagApp.Models.Tokens;
using StackExchange.Redis;

namespace RagApp.Tests.Models.Budgets;

/// <summary>Charges of chat calls: what is reserved, and what is settled however the call ends.</summary>
public sealed class BudgetedChatTests(EmbeddedRedis redis) : IClassFixture<EmbeddedRedis>, IAsyncLifetime
{
    private const string Prompt = "What is the capital of France?";
    private const int MaxOutput = 100;

    private static readonly ChatMessage[] Messages = [new(ChatRole.User, Prompt)];
    private static readonly TokenCounter Tokens = TokenCounter.For(Replica.Model, encoding: null);
    private static readonly ModelTerms Terms = new(Replica.Model, Replica.Price, Tokens, MaxOutput);
    private static readonly TextContent Said = new("The capital is Paris.");
    private static readonly UsageContent Reported = new(new UsageDetails { InputTokenCount = 11, OutputTokenCount = 5 });

    private readonly MemoryJournal _journal = new();
    private readonly TestClock _clock = new();
    private readonly BudgetSettings _settings = BudgetSettings.With(new BudgetLimitOptions { Tenant = "acme", Tokens = 100_000 });
    private ConnectionMultiplexer? _connection;
    private Replica? _replica;

    private static long PromptCount => PromptTokens.Count(Tokens, Messages, options: null);

    public async ValueTask InitializeAsync()
    {
        _connection = await ConnectionMultiplexer.ConnectAsync(redis.ConnectionString, server => server.AllowAdmin = true);
        await _connection.GetDatabase().ExecuteAsync("FLUSHALL");
        _replica = new Replica(_connection, _journal, _settings, _clock);
        await _replica.SeedAsync();
    }

    public async ValueTask DisposeAsync()
    {
        await _replica!.DisposeAsync();
        await _connection!.DisposeAsync();
    }

    [Fact]
    public async Task GetResponse_ProviderReportsUsage_IsCharged()
    {
        using var client = Client(new ScriptedChat(Said, Reported));

        await client.GetResponseAsync(Messages, cancellationToken: Cancellation);

        await ShouldBeChargedAsync(11, 5, isCounted: false);
    }

    [Fact]
    public async Task GetResponse_ProviderReportsNothing_IsChargedWhatWasCounted()
    {
        using var client = Client(new ScriptedChat(Said));

        await client.GetResponseAsync(Messages, cancellationToken: Cancellation);

        await ShouldBeChargedAsync(PromptCount, Tokens.Count(Said.Text), isCounted: true);
    }

    [Fact]
    public async Task GetResponse_Fails_CostsNothing()
    {
        using var client = Client(new ScriptedChat { Failure = new ModelException(ModelError.Unavailable, "Away.") });

        await Should.ThrowAsync<ModelException>(() => client.GetResponseAsync(Messages, cancellationToken: Cancellation));

        await NothingShouldBeChargedAsync();
    }

    [Fact]
    public async Task GetResponse_UnderABudget_LimitsTheAnswerToWhatWasReserved()
    {
        using var inner = new ScriptedChat(Said, Reported);
        using var client = Client(inner);

        await client.GetResponseAsync(Messages, cancellationToken: Cancellation);
        inner.Options!.MaxOutputTokens.ShouldBe(MaxOutput);
        await client.GetResponseAsync(Messages, new ChatOptions { MaxOutputTokens = 7 }, Cancellation);
        inner.Options.MaxOutputTokens.ShouldBe(7);
        _settings.Change(new BudgetsOptions());
        await client.GetResponseAsync(Messages, cancellationToken: Cancellation);
        inner.Options.ShouldBeNull();
    }

    [Fact]
    public async Task GetResponse_PromptAndAnswerMayNotFit_IsRefusedBeforeTheProviderIsCalled()
    {
        _settings.Change(BudgetSettings.With(new BudgetLimitOptions { Tenant = "acme", Tokens = PromptCount + MaxOutput - 1 }).CurrentValue);
        using var inner = new ScriptedChat(Said, Reported);
        using var client = Client(inner);

        await Should.ThrowAsync<BudgetExceededException>(() => client.GetResponseAsync(Messages, cancellationToken: Cancellation));

        inner.Options.ShouldBeNull();
        await client.GetResponseAsync(Messages, new ChatOptions { MaxOutputTokens = MaxOutput - 1 }, Cancellation);
    }

    [Fact]
    public async Task Streaming_WhileItRuns_HoldsPromptAndAllowedAnswer()
    {
        using var client = Client(new ScriptedChat(Said, Reported));
        await using var updates = client.GetStreamingResponseAsync(Messages, cancellationToken: Cancellation).GetAsyncEnumerator(Cancellation);
        await updates.MoveNextAsync();

        (await _replica!.DayAsync(_clock.Now)).ShouldBe((0, PromptCount + MaxOutput));
    }

    [Fact]
    public async Task Streaming_ProviderReportsUsage_IsCharged()
    {
        using var client = Client(new ScriptedChat(Said, Said, Reported));

        await client.GetStreamingResponseAsync(Messages, cancellationToken: Cancellation).ToListAsync(Cancellation);

        await ShouldBeChargedAsync(11, 5, isCounted: false);
    }

    [Fact]
    public async Task Streaming_ReaderLeaves_IsChargedWhatWasCountedSoFar()
    {
        using var client = Client(new ScriptedChat(Said, Said, Reported));

        await client.GetStreamingResponseAsync(Messages, cancellationToken: Cancellation).FirstAsync(Cancellation);

        await ShouldBeChargedAsync(PromptCount, Tokens.Count(Said.Text), isCounted: true);
    }

    [Fact]
    public async Task Streaming_ReaderIsCancelled_IsChargedWhatWasCountedSoFar()
    {
        using var client = Client(new ScriptedChat(Said, Said, Reported));
        using var leaves = new CancellationTokenSource();

        await Should.ThrowAsync<OperationCanceledException>(async () =>
        {
            await foreach (var _ in client.GetStreamingResponseAsync(Messages, cancellationToken: leaves.Token))
                await leaves.CancelAsync();
        });

        await ShouldBeChargedAsync(PromptCount, Tokens.Count(Said.Text), isCounted: true);
    }

    [Fact]
    public async Task Streaming_BreaksOff_IsChargedTheLargerOfReportedAndCounted()
    {
        var begun = new UsageContent(new UsageDetails { InputTokenCount = 1_000, OutputTokenCount = 1 });
        using var client = Client(new ScriptedChat(begun, Said) { Failure = new ModelException(ModelError.Unavailable, "Broke off.") });

        await Should.ThrowAsync<ModelException>(async () => await client.GetStreamingResponseAsync(Messages, cancellationToken: Cancellation).ToListAsync(Cancellation));

        await ShouldBeChargedAsync(1_000, Tokens.Count(Said.Text), isCounted: true);
    }

    [Fact]
    public async Task Streaming_FailsBeforeTheFirstPiece_CostsNothing()
    {
        using var client = Client(new ScriptedChat { Failure = new ModelException(ModelError.TimedOut, "Too slow.") });

        await Should.ThrowAsync<ModelException>(async () => await client.GetStreamingResponseAsync(Messages, cancellationToken: Cancellation).ToListAsync(Cancellation));

        await NothingShouldBeChargedAsync();
    }

    [Fact]
    public async Task Streaming_NobodyReads_ReservesNothing()
    {
        using var client = Client(new ScriptedChat(Said));

        _ = client.GetStreamingResponseAsync(Messages, cancellationToken: Cancellation);

        await NothingShouldBeChargedAsync();
    }

    [Fact]
    public async Task Count_ToolsAndToolCalls_AreInThePrompt()
    {
        var tool = AIFunctionFactory.Create((string city) => city, "weather", "The weather in a city.");
        var withTools = PromptTokens.Count(Tokens, Messages, new ChatOptions { Tools = [tool] });
        var withCall = PromptTokens.Count(Tokens,
        [
            .. Messages,
            new ChatMessage(ChatRole.Assistant, [new FunctionCallContent("1", "weather", new Dictionary<string, object?> { ["city"] = "Paris" })]),
            new ChatMessage(ChatRole.Tool, [new FunctionResultContent("1", "Rain, and a little sun in the afternoon.")]),
        ], options: null);

        withTools.ShouldBeGreaterThan(PromptCount + 10);
        withCall.ShouldBeGreaterThan(PromptCount + 20);
        await NothingShouldBeChargedAsync();
    }

    private BudgetedChatClient Client(IChatClient inner) => new(inner, _replica!.Budgets, Replica.Caller(feature: "answers"), Terms);

    private async Task ShouldBeChargedAsync(long input, long output, bool isCounted)
    {
        (await _replica!.DayAsync(_clock.Now)).ShouldBe((input + output, 0));
        await _replica.FlushAsync();
        var record = _journal.Lines.ShouldHaveSingleItem();
        (record.InputTokens, record.OutputTokens, record.MicroDollars, record.IsCounted).ShouldBe((input, output, input + output, isCounted));
        (record.Tenant, record.KeyId, record.Model, record.Feature).ShouldBe(("acme", "k1", Replica.Model, "answers"));
    }

    private async Task NothingShouldBeChargedAsync()
    {
        (await _replica!.DayAsync(_clock.Now)).ShouldBe((0, 0));
        await _replica.FlushAsync();
        _journal.Lines.ShouldBeEmpty();
    }
}
