using System.Net;
using System.Net.Http.Json;
using Microsoft.Extensions.Options;
using RagApp.Contracts;
using RagApp.Contracts.Embeddings;
using RagApp.Contracts.Http;
using RagApp.Tests.Gateway;
using RagApp.Tests.TestServices.FakeProvider;
using static RagApp.Tests.Embedding.EmbeddingUnderTest;

namespace RagApp.Tests.Embedding;

/// <summary>The embedding service with the models of each kind of provider; a real HTTP server has their interfaces.</summary>
public sealed class EmbeddingProvidersTests : IAsyncLifetime
{
    private EmbeddingServer _server = null!;

    public static TheoryData<string, string> Providers => new()
    {
        { "openai", "/v1" },
        { "cohere", "/v2" },
        { "tei", "" },
        { "ollama", "/" },
    };

    public async ValueTask InitializeAsync() => _server = await EmbeddingServer.StartAsync(Cancellation);

    public ValueTask DisposeAsync() => _server.DisposeAsync();

    [Theory]
    [MemberData(nameof(Providers))]
    public async Task Embed_Texts_VectorsInTheirOrderAndTokensOfTheProvider(string provider, string path)
    {
        await using var service = await StartServiceAsync(provider, path, "--Embedding:Provider:PassagePrefix=p: ");

        var answer = await service.Client.EmbedAsync(Alice, new EmbeddingsRequest(["dddd", "a", "ccc"]), Cancellation);

        answer.Data.Select(data => Math.Round(data.Embedding[0] / data.Embedding[1])).ShouldBe([7, 4, 6]);
        answer.Data.ShouldAllBe(data => Math.Abs(data.Embedding.Sum(x => x * x) - 1) < 1e-5);
        answer.Usage.PromptTokens.ShouldBe(17);
        var call = _server.Calls.ShouldHaveSingleItem();
        call.Authorization.ShouldBe($"Bearer {EmbeddingServer.Key}");
        call.Texts.ShouldBe(["p: a", "p: ccc", "p: dddd"], ignoreOrder: true);
    }

    [Fact]
    public async Task Embed_Cohere_SaysTheInputTypeAndForbidsCutting()
    {
        await using var service = await StartServiceAsync("cohere", "/v2");

        await service.Client.EmbedAsync(Alice, new EmbeddingsRequest(["text"], InputType: EmbeddingInputType.Query), Cancellation);
        await service.Client.EmbedAsync(Alice, new EmbeddingsRequest(["text"]), Cancellation);

        _server.Calls.Select(call => (string?)call.Body["input_type"]).ShouldBe(["search_query", "search_document"]);
        _server.Calls.ShouldAllBe(call => (string?)call.Body["truncate"] == "NONE" && (string?)call.Body["model"] == "a-model");
    }

    [Theory]
    [InlineData("tei", "")]
    [InlineData("ollama", "")]
    public async Task Embed_TeiAndOllama_ForbidCutting(string provider, string path)
    {
        await using var service = await StartServiceAsync(provider, path);

        await service.Client.EmbedAsync(Alice, new EmbeddingsRequest(["text"]), Cancellation);

        ((bool?)_server.Calls.ShouldHaveSingleItem().Body["truncate"]).ShouldBe(false);
    }

    [Theory]
    [MemberData(nameof(Providers))]
    public async Task Embed_TextTooLongForTheProvider_IsA400(string provider, string path)
    {
        await using var service = await StartServiceAsync(provider, path);
        _server.LongestText = 10;

        var refusal = await Should.ThrowAsync<ApiException>(service.Client.EmbedAsync(Alice, new EmbeddingsRequest(["longer than ten"]), Cancellation));

        refusal.Status.ShouldBe(HttpStatusCode.BadRequest);
        refusal.Message.ShouldContain("Shorten or split it");
    }

    [Theory]
    [InlineData("cohere", "/v2", 429, 429)]
    [InlineData("cohere", "/v2", 401, 502)]
    [InlineData("cohere", "/v2", 404, 502)]
    [InlineData("tei", "", 429, 429)]
    [InlineData("tei", "", 503, 502)]
    [InlineData("tei", "", 504, 504)]
    [InlineData("ollama", "", 404, 502)]
    [InlineData("ollama", "", 500, 502)]
    public async Task Embed_ProviderFails_IsProblemDetailsWithoutKeyOrText(string provider, string path, int theirs, int ours)
    {
        await using var service = await StartServiceAsync(provider, path);
        _server.Status = theirs;
        using var http = service.Http();

        var answer = await http.PostAsJsonAsync("v1/embeddings", new EmbeddingsRequest(["private words"]), ContractsJson.Default.EmbeddingsRequest, Cancellation);

        var problem = await answer.ShouldBeProblemAsync((HttpStatusCode)ours, Cancellation);
        problem.RetryAfter.ShouldBe(theirs == 429 ? 7 : null);
        var body = await answer.Content.ReadAsStringAsync(Cancellation);
        body.ShouldNotContain(EmbeddingServer.Key);
        body.ShouldNotContain("private words");
    }

    [Theory]
    [InlineData("cohere", "/v2")]
    [InlineData("tei", "")]
    [InlineData("ollama", "")]
    public async Task Embed_ProviderAnswersGarbageOrIsSilent_IsProblemDetails(string provider, string path)
    {
        await using var service = await StartServiceAsync(provider, path, "--Embedding:Provider:Timeout=00:00:01");
        _server.Says = "{nonsense";
        (await Should.ThrowAsync<ApiException>(service.Client.EmbedAsync(Alice, new EmbeddingsRequest(["a"]), Cancellation))).Status.ShouldBe(HttpStatusCode.BadGateway);

        _server.Hold();

        (await Should.ThrowAsync<ApiException>(service.Client.EmbedAsync(Alice, new EmbeddingsRequest(["a"]), Cancellation))).Status.ShouldBe(HttpStatusCode.GatewayTimeout);
    }

    [Fact]
    public async Task Embed_ModelOfOpenAI_ItsTokensAreCountedBeforeTheCall()
    {
        await using var service = await StartServiceAsync("openai", "/v1", "--Embedding:Provider:Model=text-embedding-3-small", "--Embedding:Provider:MaxTokens=16");
        var words = string.Join(' ', Enumerable.Repeat("word", 40));

        var refusal = await Should.ThrowAsync<ApiException>(service.Client.EmbedAsync(Alice, new EmbeddingsRequest([words]), Cancellation));
        refusal.Message.ShouldContain("40 tokens");
        _server.Calls.ShouldBeEmpty();
        var cut = await service.Client.EmbedAsync(Alice, new EmbeddingsRequest([words], Truncate: true), Cancellation);

        cut.Truncated.ShouldBe([0]);
        cut.Usage.PromptTokens.ShouldBeInRange(13, 16);
        _server.Calls.ShouldHaveSingleItem().Texts.ShouldHaveSingleItem().ShouldContain(" … ");
    }

    [Fact]
    public async Task Embed_OverLongTextInWindows_IsTheirMean()
    {
        await using var service = await StartServiceAsync("openai", "/v1", "--Embedding:Provider:Tokenizer=cl100k_base", "--Embedding:Provider:MaxTokens=16");
        var words = string.Join(' ', Enumerable.Repeat("word", 40));

        var answer = await service.Client.EmbedAsync(Alice, new EmbeddingsRequest(["short", words], Windows: true), Cancellation);

        answer.Windowed.ShouldBe([1]);
        answer.Truncated.ShouldBeNull();
        var windows = _server.Calls.SelectMany(call => call.Texts).Where(text => text != "short").ToList();
        windows.Count.ShouldBeGreaterThan(2);
        windows.Sum(window => window.Split(' ', StringSplitOptions.RemoveEmptyEntries).Length).ShouldBe(40, "nothing is cut out");
        answer.Data.Count.ShouldBe(2);
        answer.Data[1].Embedding.Sum(x => x * x).ShouldBe(1, 1e-5);
    }

    [Fact]
    public async Task Embed_MoreWindowsThanARequestTakes_SaysSo()
    {
        await using var service = await StartServiceAsync("openai", "/v1",
            "--Embedding:Provider:Tokenizer=cl100k_base", "--Embedding:Provider:MaxTokens=16", "--Embedding:MaxTexts=4");

        var refusal = await Should.ThrowAsync<ApiException>(
            service.Client.EmbedAsync(Alice, new EmbeddingsRequest([string.Join(' ', Enumerable.Repeat("word", 100))], Windows: true), Cancellation));

        refusal.Status.ShouldBe(HttpStatusCode.BadRequest);
        refusal.Message.ShouldContain("more than 4 windows");
    }

    [Theory]
    [InlineData("--Embedding:Provider:Provider=bedrock", "Embedding:Provider:Provider is openai, azure, cohere, tei or ollama.")]
    [InlineData("--Embedding:Provider:BatchSize=0", "Embedding:Provider:BatchSize lies between")]
    [InlineData("--Embedding:Provider:BatchWait=00:00:02", "Embedding:Provider:BatchWait lies between")]
    [InlineData("--Embedding:Provider:Calls=0", "Embedding:Provider:Calls lies between")]
    [InlineData("--Embedding:Provider:Tokenizer=p50k", "Embedding:Provider:Tokenizer is cl100k_base or o200k_base")]
    public async Task Start_SettingWrong_NamesIt(string setting, string said) =>
        (await Should.ThrowAsync<Exception>(StartServiceAsync("tei", "", setting))).Message.ShouldContain(said);

    [Fact]
    public async Task Start_TeiWithoutAnAddress_AsksForIt()
    {
        var failure = await Should.ThrowAsync<OptionsValidationException>(
            StartAsync(Cancellation, "--Embedding:Provider:Provider=tei", "--Embedding:Provider:Model=a-model", "--Embedding:Provider:Dimension=4"));

        failure.Message.ShouldContain("Embedding:Provider:Endpoint is missing");
    }

    private Task<EmbeddingUnderTest> StartServiceAsync(string provider, string path, params string[] settings) => StartAsync(Cancellation,
    [
        "--Embedding:ModelPath=",
        "--Embedding:Reader:Path=",
        $"--Embedding:Provider:Provider={provider}",
        $"--Embedding:Provider:Endpoint={_server.Address}{path}",
        $"--Embedding:Provider:ApiKey={EmbeddingServer.Key}",
        "--Embedding:Provider:Model=a-model",
        $"--Embedding:Provider:Dimension={EmbeddingServer.Dimension}",
        "--Models:Pool:InteractiveWait=00:00:00",
        .. settings,
    ]);
}
