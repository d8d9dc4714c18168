using Microsoft.Extensions.AI;
using RagApp.Models.Chat;
using RagApp.Models.Errors;
using RagApp.Tests.TestServices.FakeProvider;

namespace RagApp.Tests.Models;

/// <summary>The chat client against a real HTTP server that plays the provider.</summary>
public sealed class ChatModelTests
{
    private const string Prompt = "What is the capital of the hexagon?";

    [Fact]
    public void Model_WithoutSettings_IsNone() => ChatHost.Create().Model.ShouldBeNull();

    [Fact]
    public void Model_OpenAIsEndpointWithoutKey_IsNone() =>
        ChatHost.Create(("Chat:Endpoint", "https://api.openai.com/v1"), ("Chat:Model", "any"), ("Chat:ApiKey", "")).Model.ShouldBeNull();

    [Fact]
    public void Model_EndpointOfOnesOwnWithoutKey_IsThere() =>
        ChatHost.Create(("Chat:Endpoint", "http://localhost:11434/v1"), ("Chat:Model", "any")).Model.ShouldNotBeNull().Id.ShouldBe("any");

    [Fact]
    public void Model_KeyWithoutModel_NamesTheMissingSetting() =>
        Should.Throw<Microsoft.Extensions.Options.OptionsValidationException>(() => ChatHost.Create(("Chat:ApiKey", "sk-x")))
            .Message.ShouldContain("Chat:Model");

    [Fact]
    public async Task GetResponse_ProviderWell_IsItsAnswer()
    {
        await using var provider = await FakeModelProvider.StartAsync(Cancellation);
        var model = ChatHost.For(provider);

        var answer = await model.ClientFor(ChatHost.Caller).GetResponseAsync(Prompt, cancellationToken: Cancellation);

        answer.Text.ShouldBe(FakeModelProvider.Answer);
        answer.Usage!.TotalTokenCount.ShouldBe(16);
        provider.Requests.ShouldHaveSingleItem()["model"]!.GetValue<string>().ShouldBe(FakeModelProvider.ChatModel);
    }

    [Fact]
    public async Task GetStreamingResponse_ProviderWell_IsItsAnswerInPieces()
    {
        await using var provider = await FakeModelProvider.StartAsync(Cancellation);

        var pieces = await ReadAsync(ChatHost.For(provider));

        pieces.Count.ShouldBeGreaterThan(1);
        string.Concat(pieces).ShouldBe(FakeModelProvider.Answer);
    }

    [Theory]
    [InlineData(nameof(ProviderBehaviour.RateLimited), ModelError.RateLimited, 429)]
    [InlineData(nameof(ProviderBehaviour.WrongKey), ModelError.Unauthorized, 502)]
    [InlineData(nameof(ProviderBehaviour.ContextExceeded), ModelError.ContextExceeded, 400)]
    [InlineData(nameof(ProviderBehaviour.NoSuchModel), ModelError.Refused, 502)]
    [InlineData(nameof(ProviderBehaviour.Failing), ModelError.Unavailable, 502)]
    [InlineData(nameof(ProviderBehaviour.Silent), ModelError.TimedOut, 504)]
    [InlineData(nameof(ProviderBehaviour.Garbage), ModelError.BadAnswer, 502)]
    public async Task GetResponse_ProviderMisbehaves_SaysHowAndAsksOnce(string behaviour, ModelError error, int status)
    {
        await using var provider = await FakeModelProvider.StartAsync(Cancellation);
        provider.Behaviour = Enum.Parse<ProviderBehaviour>(behaviour);
        var model = ChatHost.For(provider, TimeoutFor(error));

        var failure = await Should.ThrowAsync<ModelException>(() => model.ClientFor(ChatHost.Caller).GetResponseAsync(Prompt, cancellationToken: Cancellation));

        failure.Error.ShouldBe(error);
        ((int)failure.Status).ShouldBe(status);
        failure.RetryAfter.ShouldBe(error == ModelError.RateLimited ? TimeSpan.FromSeconds(7) : null);
        failure.ToString().ShouldNotContain(FakeModelProvider.Key);
        failure.ToString().ShouldNotContain("hexagon");
        provider.Requests.Count.ShouldBe(1);
    }

    [Theory]
    [InlineData(nameof(ProviderBehaviour.CutOff), ModelError.Unavailable)]
    [InlineData(nameof(ProviderBehaviour.EndsEarly), ModelError.Unavailable)]
    [InlineData(nameof(ProviderBehaviour.Stalls), ModelError.TimedOut)]
    public async Task GetStreamingResponse_BreaksOffMidway_GivesThePiecesThenTheErrorAndAsksOnce(string behaviour, ModelError error)
    {
        await using var provider = await FakeModelProvider.StartAsync(Cancellation);
        provider.Behaviour = Enum.Parse<ProviderBehaviour>(behaviour);
        var pieces = new List<string>();

        var failure = await Should.ThrowAsync<ModelException>(() => ReadAsync(ChatHost.For(provider, TimeoutFor(error)), pieces, provider));

        failure.Error.ShouldBe(error);
        string.Concat(pieces).ShouldBe("The capital is");
        provider.Requests.Count.ShouldBe(1);
    }

    [Fact]
    public async Task GetResponse_NobodyListens_IsUnavailable()
    {
        var model = ChatHost.Create(("Chat:Endpoint", "http://127.0.0.1:1/v1"), ("Chat:Model", "any")).Model!;

        var failure = await Should.ThrowAsync<ModelException>(() => model.ClientFor(ChatHost.Caller).GetResponseAsync(Prompt, cancellationToken: Cancellation));

        failure.Error.ShouldBe(ModelError.Unavailable);
    }

    [Fact]
    public async Task GetResponse_CallerGoesAway_IsCancelledAndNoError()
    {
        await using var provider = await FakeModelProvider.StartAsync(Cancellation);
        provider.Behaviour = ProviderBehaviour.Silent;
        using var caller = CancellationTokenSource.CreateLinkedTokenSource(Cancellation);

        var answer = ChatHost.For(provider).ClientFor(ChatHost.Caller).GetResponseAsync(Prompt, cancellationToken: caller.Token);
        await caller.CancelAsync();

        await Should.ThrowAsync<OperationCanceledException>(() => answer);
    }

    /// <summary>Timeout of the client: short only in the test that expects a timeout.</summary>
    private static string TimeoutFor(ModelError error) => error == ModelError.TimedOut ? "00:00:02" : "00:01:00";

    private static async Task<List<string>> ReadAsync(ChatModel model, List<string>? pieces = null, FakeModelProvider? provider = null)
    {
        pieces ??= [];
        await foreach (var update in model.ClientFor(ChatHost.Caller).GetStreamingResponseAsync(Prompt, cancellationToken: Cancellation))
        {
            if (update.Text.Length > 0)
                pieces.Add(update.Text);
            if (pieces.Count == FakeModelProvider.PiecesBeforeTheCut)
                provider?.MayCut();
        }
        return pieces;
    }
}
