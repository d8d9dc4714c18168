using System.Text.Json.Nodes;
using Microsoft.Extensions.AI;
using RagApp.Models.Errors;
using RagApp.Tests.TestServices.FakeProvider;

namespace RagApp.Tests.Models.Pool;

/// <summary>Each provider's client, against a server with its API.</summary>
public sealed class ProviderTests : IAsyncLifetime
{
    private const string Key = "sk-secret";

    private FakeModelProvider _server = null!;

    public static TheoryData<string> Providers => ["openai", "azure", "anthropic", "ollama"];

    /// <summary>Every provider with every failure.</summary>
    public static TheoryData<string, string, ModelError> Failures
    {
        get
        {
            var failures = new TheoryData<string, string, ModelError>();
            foreach (var provider in Providers.Select(row => row.Data))
            {
                failures.Add(provider, nameof(ProviderBehaviour.RateLimited), ModelError.RateLimited);
                failures.Add(provider, nameof(ProviderBehaviour.WrongKey), ModelError.Unauthorized);
                failures.Add(provider, nameof(ProviderBehaviour.ContextExceeded), ModelError.ContextExceeded);
                failures.Add(provider, nameof(ProviderBehaviour.NoSuchModel), ModelError.Refused);
                failures.Add(provider, nameof(ProviderBehaviour.Failing), ModelError.Unavailable);
                failures.Add(provider, nameof(ProviderBehaviour.Silent), ModelError.TimedOut);
                failures.Add(provider, nameof(ProviderBehaviour.Garbage), ModelError.BadAnswer);
            }
            return failures;
        }
    }

    public async ValueTask InitializeAsync() => _server = await FakeModelProvider.StartAsync(Cancellation);

    public ValueTask DisposeAsync() => _server.DisposeAsync();

    [Theory]
    [MemberData(nameof(Providers))]
    public async Task GetResponse_ProviderWell_IsItsAnswerWithUsage(string provider)
    {
        using var host = Start(provider);

        var answer = await host.AskAsync(Cancellation);

        answer.Text.ShouldBe(FakeModelProvider.Answer);
        answer.FinishReason.ShouldBe(ChatFinishReason.Stop);
        answer.Usage.ShouldNotBeNull().InputTokenCount.ShouldBe(11);
        answer.Usage.OutputTokenCount.ShouldBe(5);
        _server.Keys.ShouldBe([Key]);
        Sent()["model"]!.GetValue<string>().ShouldBe(FakeModelProvider.ChatModel);
    }

    [Theory]
    [MemberData(nameof(Providers))]
    public async Task GetStreamingResponse_ProviderWell_IsItsAnswerInPieces(string provider)
    {
        using var host = Start(provider);
        var pieces = new List<string>();

        await host.ReadAsync(pieces, Cancellation);

        pieces.Count.ShouldBeGreaterThan(1);
        string.Concat(pieces).ShouldBe(FakeModelProvider.Answer);
    }

    [Theory]
    [MemberData(nameof(Failures))]
    public async Task GetResponse_ProviderMisbehaves_SaysHowAndAsksOnce(string provider, string behaviour, ModelError error)
    {
        _server.Behaviour = Enum.Parse<ProviderBehaviour>(behaviour);
        using var host = Start(provider, timeout: error == ModelError.TimedOut ? "00:00:01" : "00:01:00");

        var failure = await Should.ThrowAsync<ModelException>(() => host.AskAsync(Cancellation));

        failure.Error.ShouldBe(error);
        failure.ToString().ShouldNotContain(Key);
        failure.ToString().ShouldNotContain("hexagon");
        _server.Requests.Count.ShouldBe(1);
    }

    [Theory]
    [MemberData(nameof(Providers))]
    public async Task GetResponse_NobodyListens_IsUnavailable(string provider)
    {
        using var host = PoolHost.Start(
            (PoolHost.Key("only", "Provider"), provider), (PoolHost.Key("only", "Endpoint"), "http://127.0.0.1:1/"), (PoolHost.Key("only", "ApiKey"), Key));

        (await Should.ThrowAsync<ModelException>(() => host.AskAsync(Cancellation))).Error.ShouldBe(ModelError.Unavailable);
    }

    [Theory]
    [MemberData(nameof(Providers))]
    public async Task GetStreamingResponse_CallerGoesAway_IsCancelled(string provider)
    {
        _server.Behaviour = ProviderBehaviour.Silent;
        using var host = Start(provider);
        using var caller = CancellationTokenSource.CreateLinkedTokenSource(Cancellation);

        var answer = host.ReadAsync([], caller.Token);
        await caller.CancelAsync();

        await Should.ThrowAsync<OperationCanceledException>(() => answer);
    }

    [Fact]
    public async Task GetResponse_Ollama_IsToldHowLongAPromptItReads()
    {
        using var host = Start("ollama", more: ($"Models:Chat:{PoolHost.Model}:MaxContextTokens", "16384"));

        await host.AskAsync(Cancellation);

        Sent()["options"]!["num_ctx"]!.GetValue<int>().ShouldBe(16_384);
    }

    [Fact]
    public async Task GetResponse_NoLimitGiven_IsThatOfTheModel()
    {
        using var host = Start("anthropic", more: ($"Models:Chat:{PoolHost.Model}:MaxOutputTokens", "321"));

        await host.AskAsync(Cancellation);

        Sent()["max_tokens"]!.GetValue<int>().ShouldBe(321);
    }

    private JsonNode Sent() => _server.Requests.ShouldHaveSingleItem();

    private PoolHost Start(string provider, string timeout = "00:01:00", params (string Key, string Value)[] more) => PoolHost.Start(
    [
        (PoolHost.Key("only", "Provider"), provider),
        (PoolHost.Key("only", "Endpoint"), (provider == "openai" ? _server.Endpoint : _server.Root).ToString()),
        (PoolHost.Key("only", "ApiKey"), Key),
        (PoolHost.Key("only", "Model"), FakeModelProvider.ChatModel),
        (PoolHost.Key("only", "Timeout"), timeout),
        ("Models:Pool:InteractiveWait", "00:00:05"), // shorter than the stand-in's Retry-After
        .. more,
    ]);
}
