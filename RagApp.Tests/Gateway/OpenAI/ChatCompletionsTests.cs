using System.ClientModel;
using System.Net;
using System.Net.Http.Json;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Http;
using OpenAI;
using OpenAI.Chat;
using RagApp.Benchmarks.Services;
using RagApp.Tests.TestServices;
using RagApp.Tests.TestServices.FakeProvider;

namespace RagApp.Tests.Gateway.OpenAI;

/// <summary>Chat completions of the gateway, called by OpenAI's own client and over plain HTTP.</summary>
public sealed class ChatCompletionsTests(EmbeddedRedis redis) : IClassFixture<EmbeddedRedis>, IAsyncLifetime
{
    private readonly TemporaryFolder _folder = new();
    private FakeModelProvider _provider = null!;

    private string[] Budget =>
    [
        $"--ConnectionStrings:redis={redis.ConnectionString}", $"--Storage:DataPath={_folder.Path}",
        "--Budgets:Limits:0:Tokens=1000",
    ];

    public async ValueTask InitializeAsync() => _provider = await FakeModelProvider.StartAsync(Cancellation);

    public async ValueTask DisposeAsync()
    {
        await _provider.DisposeAsync();
        _folder.Dispose();
    }

    [Fact]
    public async Task Complete_ByOpenAIsClient_IsTheProvidersAnswer()
    {
        await using var gateway = await StartAsync();

        var answer = await ClientOf(gateway).CompleteChatAsync([new UserChatMessage("What is the capital?")], cancellationToken: Cancellation);

        answer.Value.Content[0].Text.ShouldBe(FakeModelProvider.Answer);
        answer.Value.Usage.TotalTokenCount.ShouldBe(16);
        _provider.Keys.ShouldBe([FakeModelProvider.Key]);
    }

    [Fact]
    public async Task Complete_StreamedToOpenAIsClient_IsTheProvidersAnswer()
    {
        await using var gateway = await StartAsync();
        var text = "";

        await foreach (var update in ClientOf(gateway).CompleteChatStreamingAsync([new UserChatMessage("What is the capital?")], cancellationToken: Cancellation))
            text += string.Concat(update.ContentUpdate.Select(part => part.Text));

        text.ShouldBe(FakeModelProvider.Answer);
    }

    [Fact]
    public async Task Complete_UnknownFields_ReachTheProvider()
    {
        await using var gateway = await StartAsync();

        using var response = await PostAsync(gateway, """{"model":"fake-chat","messages":[{"role":"user","content":"Hi"}],"new_field":{"x":[1,2.50]},"stream":true}""");

        (await response.Content.ReadAsStringAsync(Cancellation)).ShouldEndWith("data: [DONE]\n\n");
        var sent = _provider.Requests.ShouldHaveSingleItem();
        sent["new_field"]!.ToJsonString().ShouldBe("""{"x":[1,2.50]}""");
        sent["stream_options"]!.ToJsonString().ShouldBe("""{"include_usage":true}""");
        sent["max_completion_tokens"].ShouldBeNull();
    }

    [Theory]
    [InlineData("""{"model":"other","messages":[]}""", HttpStatusCode.NotFound, "model_not_found", "fake-chat")]
    [InlineData("""{"model":"fake-chat"}""", HttpStatusCode.BadRequest, null, "messages")]
    [InlineData("""{"model":7,"messages":[]}""", HttpStatusCode.BadRequest, null, "model")]
    [InlineData("""[1]""", HttpStatusCode.BadRequest, null, "JSON object")]
    [InlineData("nonsense", HttpStatusCode.BadRequest, null, "JSON object")]
    public async Task Complete_WrongRequest_IsAnErrorInOpenAIsFormat(string body, HttpStatusCode status, string? code, string words)
    {
        await using var gateway = await StartAsync();

        using var response = await PostAsync(gateway, body);

        await ShouldBeErrorAsync(response, status, code, words);
        _provider.Requests.ShouldBeEmpty();
    }

    [Theory]
    [InlineData(ProviderBehaviour.RateLimited, HttpStatusCode.TooManyRequests, "rate_limit_exceeded")]
    [InlineData(ProviderBehaviour.ContextExceeded, HttpStatusCode.BadRequest, "context_length_exceeded")]
    [InlineData(ProviderBehaviour.Failing, HttpStatusCode.BadGateway, null)]
    public async Task Complete_ProviderRefuses_IsAnErrorInOpenAIsFormat(object behaviour, HttpStatusCode status, string? code)
    {
        _provider.Behaviour = (ProviderBehaviour)behaviour;
        await using var gateway = await StartAsync("--Models:Pool:InteractiveWait=00:00:00");

        using var response = await PostAsync(gateway, """{"model":"fake-chat","messages":[{"role":"user","content":"Hi"}]}""");

        await ShouldBeErrorAsync(response, status, code, "provider");
    }

    [Fact]
    public async Task Complete_StreamBreaks_EndsWithAnErrorEvent()
    {
        _provider.Behaviour = ProviderBehaviour.EndsEarly;
        await using var gateway = await StartAsync();

        using var response = await PostAsync(gateway, """{"model":"fake-chat","messages":[{"role":"user","content":"Hi"}],"stream":true}""");

        var events = (await response.Content.ReadAsStringAsync(Cancellation)).Split("\n\n", StringSplitOptions.RemoveEmptyEntries);
        events.Length.ShouldBe(FakeModelProvider.PiecesBeforeTheCut + 1);
        JsonNode.Parse(events[^1]["data: ".Length..])!["error"]!["message"]!.GetValue<string>().ShouldContain("broke off");
    }

    [Fact]
    public async Task Complete_WithoutAKey_IsRefused()
    {
        await using var gateway = await StartAsync();
        using var client = gateway.Client(key: null);

        using var response = await client.PostAsJsonAsync("v1/chat/completions", new JsonObject(), Cancellation);

        response.StatusCode.ShouldBe(HttpStatusCode.Unauthorized);
        _provider.Requests.ShouldBeEmpty();
    }

    [Fact]
    public async Task Complete_BudgetIsSpent_IsRefusedBeforeTheProviderIsCalled()
    {
        await using var gateway = await StartAsync(Budget);
        const string Asked = """{"model":"fake-chat","max_tokens":60,"messages":[{"role":"user","content":"Hi"}],"stream":true}""";

        for (var call = 0; call < 3; call++) // an answer of some 6 tokens each
            (await (await PostAsync(gateway, Asked)).Content.ReadAsStringAsync(Cancellation)).ShouldContain("[DONE]");
        using var refused = await PostAsync(gateway, Asked.Replace("60", "990", StringComparison.Ordinal));

        await ShouldBeErrorAsync(refused, HttpStatusCode.PaymentRequired, "insufficient_quota", "budget");
        _provider.Requests.Count.ShouldBe(3);
        await gateway.StopAsync(Cancellation); // what was used is recorded after the answer, in the folder that is deleted now
    }

    [Fact]
    public async Task Complete_UnderABudgetWithoutALimit_GetsTheModelsLimit()
    {
        await using var gateway = await StartAsync([.. Budget, "--Chat:MaxOutputTokens=50"]);

        using var response = await PostAsync(gateway, """{"model":"fake-chat","messages":[{"role":"user","content":"Hi"}]}""");

        response.StatusCode.ShouldBe(HttpStatusCode.OK);
        _provider.Requests.ShouldHaveSingleItem()["max_completion_tokens"]!.GetValue<int>().ShouldBe(50);
        await gateway.StopAsync(Cancellation);
    }

    [Fact]
    public async Task Models_ByOpenAIsClient_AreTheConfiguredOnes()
    {
        await using var gateway = await StartAsync();

        var models = await ApiOf(gateway).GetOpenAIModelClient().GetModelsAsync(Cancellation);

        models.Value.Select(model => model.Id).ShouldBe([FakeModelProvider.ChatModel]);
    }

    [Fact]
    public async Task Embed_ByOpenAIsClient_IsTheServicesAnswer()
    {
        await using var embedding = await StubService.StartAsync(
            context => context.Response.WriteAsync("""{"object":"list","model":"m","data":[{"object":"embedding","index":0,"embedding":"AACAPwAAAAA="}],"usage":{"prompt_tokens":1,"total_tokens":1}}""", Cancellation),
            Cancellation);
        await using var gateway = await GatewayUnderTest.StartAsync(Cancellation, embedding: embedding);

        var vector = await ApiOf(gateway).GetEmbeddingClient("m").GenerateEmbeddingAsync("text", cancellationToken: Cancellation);

        vector.Value.ToFloats().ToArray().ShouldBe([1, 0]);
        embedding.Requests.ShouldBe(["POST /v1/embeddings"]);
    }

    [Fact]
    public async Task Embed_ServiceRefuses_IsAnErrorInOpenAIsFormat()
    {
        await using var embedding = await StubService.StartAsync(
            context => StubService.AnswerAsync(context, 400, """{"detail":"A text is too long."}"""), Cancellation);
        await using var gateway = await GatewayUnderTest.StartAsync(Cancellation, embedding: embedding);
        using var client = gateway.Client();

        using var response = await client.PostAsJsonAsync("v1/embeddings", new JsonObject { ["input"] = "text" }, Cancellation);

        await ShouldBeErrorAsync(response, HttpStatusCode.BadRequest, code: null, "too long");
    }

    private Task<GatewayUnderTest> StartAsync(params string[] settings) => GatewayUnderTest.StartAsync(Cancellation, settings:
    [
        $"--Chat:Endpoint={_provider.Endpoint}", $"--Chat:ApiKey={FakeModelProvider.Key}", $"--Chat:Model={FakeModelProvider.ChatModel}", .. settings,
    ]);

    private static OpenAIClient ApiOf(GatewayUnderTest gateway) =>
        new(new ApiKeyCredential(GatewayUnderTest.Alice), new OpenAIClientOptions { Endpoint = new Uri(gateway.Address, "v1") });

    private static ChatClient ClientOf(GatewayUnderTest gateway) => ApiOf(gateway).GetChatClient(FakeModelProvider.ChatModel);

    private static async Task<HttpResponseMessage> PostAsync(GatewayUnderTest gateway, string body)
    {
        using var client = gateway.Client();
        using var content = new StringContent(body, mediaType: new("application/json"));
        return await client.PostAsync("v1/chat/completions", content, Cancellation);
    }

    private static async Task ShouldBeErrorAsync(HttpResponseMessage response, HttpStatusCode status, string? code, string words)
    {
        response.StatusCode.ShouldBe(status);
        var error = (await response.Content.ReadFromJsonAsync<JsonObject>(Cancellation))!["error"]!;
        error["message"]!.GetValue<string>().ShouldContain(words);
        error["code"]?.GetValue<string>().ShouldBe(code);
        error["type"]!.GetValue<string>().ShouldNotBeEmpty();
    }
}
