using System.Globalization;
using System.Net;
using Microsoft.Extensions.Options;
using RagApp.Contracts.Embeddings;
using RagApp.Contracts.Http;
using RagApp.Contracts.Rerank;
using RagApp.Tests.TestServices.FakeProvider;
using static RagApp.Tests.Embedding.EmbeddingUnderTest;

namespace RagApp.Tests.Embedding;

/// <summary>Embedding and reranking by the deployments of section <c>Models</c>; real HTTP servers play the providers.</summary>
public sealed class EmbeddingPoolTests : IAsyncLifetime
{
    private const string Model = "a-model";

    private EmbeddingServer _first = null!;
    private EmbeddingServer _second = null!;

    public async ValueTask InitializeAsync()
    {
        _first = await EmbeddingServer.StartAsync(Cancellation);
        _second = await EmbeddingServer.StartAsync(Cancellation);
    }

    public async ValueTask DisposeAsync()
    {
        await _first.DisposeAsync();
        await _second.DisposeAsync();
    }

    [Theory]
    [InlineData(429)]
    [InlineData(401)]
    [InlineData(500)]
    public async Task Embed_ADeploymentFails_TheOtherAnswersAndGetsTheNextCalls(int status)
    {
        await using var service = await StartServiceAsync("--Models:Pool:FailuresToOpen=1");
        _first.Status = status;

        for (var call = 1; call <= 3; call++)
            (await EmbedAsync(service, $"text {call}")).Data.ShouldHaveSingleItem();

        _first.Calls.Count.ShouldBe(1, "it pauses");
        _second.Calls.Count.ShouldBe(3);
    }

    [Fact]
    public async Task Embed_SeveralKeys_EachUpToItsLimit()
    {
        await using var service = await StartServiceAsync(
            "--Models:Embeddings:a-model:Deployments:first:ApiKey=", "--Models:Embeddings:a-model:Deployments:first:Keys:0=one", "--Models:Embeddings:a-model:Deployments:first:Keys:1=two",
            "--Models:Embeddings:a-model:Deployments:first:RequestsPerMinute=2");

        for (var call = 1; call <= 4; call++)
            await EmbedAsync(service, $"text {call}");

        _first.Calls.CountBy(call => call.Authorization).ShouldBe([new("Bearer one", 2), new("Bearer two", 2)], ignoreOrder: true);
        await EmbedAsync(service, "one too many");
        _second.Calls.Count.ShouldBe(1);
    }

    [Fact]
    public async Task Embed_CallerBoundToARegion_GoesToADeploymentThereOnly()
    {
        await using var service = await StartServiceAsync("--Models:Embeddings:a-model:Deployments:second:Region=eu");
        var european = Alice with { Region = "eu" };

        await service.Client.EmbedAsync(european, new EmbeddingsRequest(["in Europe"]), Cancellation);
        _second.Status = 500;
        var failure = await Should.ThrowAsync<ApiException>(service.Client.EmbedAsync(european, new EmbeddingsRequest(["still in Europe"]), Cancellation));
        var refusal = await Should.ThrowAsync<ApiException>(service.Client.EmbedAsync(Alice with { Region = "ch" }, new EmbeddingsRequest(["in Switzerland"]), Cancellation));

        failure.Status.ShouldBe(HttpStatusCode.BadGateway);
        refusal.Status.ShouldBe(HttpStatusCode.UnavailableForLegalReasons);
        refusal.Message.ShouldContain("no deployment in the region ch");
        refusal.Message.ShouldContain("setting Region is 'ch'");
        _first.Calls.ShouldBeEmpty();
    }

    [Fact]
    public async Task Embed_DeploymentsOfDifferentProviders_HaveOneModel()
    {
        await using var service = await StartServiceAsync(
            "--Models:Embeddings:a-model:Deployments:second:Provider=tei", $"--Models:Embeddings:a-model:Deployments:second:Endpoint={_second.Address}",
            "--Models:Embeddings:a-model:Deployments:second:Tier=0", "--Models:Embeddings:a-model:Deployments:first:Tier=1");

        var answer = await EmbedAsync(service, [.. Enumerable.Range(1, 40).Select(number => new string('a', number))]);

        answer.Data.Count.ShouldBe(40);
        answer.Model.ShouldBe(Model);
        _second.Calls.ShouldAllBe(call => call.Texts.Count <= 32 && call.Path == "/embed");
    }

    [Fact]
    public async Task Models_OfThePool_AreServedBesideAndOneMayBeTheDefault()
    {
        await using var service = await StartServiceAsync();
        (await service.Client.GetModelsAsync(Alice, Cancellation)).Data.ShouldHaveSingleItem().ShouldBe(new EmbeddingModel(Model, EmbeddingServer.Dimension, 8191, 0.5));

        var failure = await Should.ThrowAsync<InvalidOperationException>(StartServiceAsync("--Models:DefaultEmbedding=other"));
        failure.Message.ShouldBe("Models:DefaultEmbedding names no model; served here: 'a-model'.");
    }

    [Theory]
    [InlineData("Embeddings:a-model:Dimension", "0", "Models:Embeddings:a-model:Dimension is missing")]
    [InlineData("Embeddings:a-model:Deployments:first:Provider", "anthropic", "Models:Embeddings:a-model:Deployments:first:Provider is openai, azure, cohere, tei or ollama.")]
    [InlineData("Embeddings:a-model:Deployments:first:Weight", "0", "Models:Embeddings:a-model:Deployments:first:Weight lies between")]
    [InlineData("Embeddings:other:Dimension", "4", "Models:Embeddings:other:Deployments is empty")]
    [InlineData("Regions:0", "eu", "Models:Embeddings:a-model:Deployments has no deployment in the region eu of Models:Regions")]
    [InlineData("Rerank:Deployments:main:Provider", "openai", "Models:Rerank:Deployments:main:Provider is cohere or tei.")]
    public async Task Start_SettingWrong_NamesIt(string key, string value, string said) =>
        (await Should.ThrowAsync<OptionsValidationException>(StartServiceAsync("--Models:DefaultEmbedding=a-model", $"--Models:{key}={value}"))).Message.ShouldContain(said);

    [Fact]
    public async Task Rerank_ADeploymentFails_TheOtherAnswers()
    {
        await using var service = await StartServiceAsync(
            "--Models:Rerank:Model=rerank-1", "--Models:Rerank:Deployments:first:Provider=cohere", $"--Models:Rerank:Deployments:first:Endpoint={_first.Address}/v2",
            "--Models:Rerank:Deployments:second:Provider=tei", $"--Models:Rerank:Deployments:second:Endpoint={_second.Address}", "--Models:Rerank:Deployments:second:Tier=1");
        _first.Status = 503;

        var response = await service.Reranker.RerankAsync(Alice, new RerankRequest("Which?", ["short", "the longest one"]), Cancellation);

        response.Results.Select(result => result.Index).ShouldBe([1, 0]);
        response.Model.ShouldBe("rerank-1");
        (_first.Calls.Count, _second.Calls.Count).ShouldBe((1, 1));
    }

    private static Task<EmbeddingsResponse<float[]>> EmbedAsync(EmbeddingUnderTest service, params string[] texts) =>
        service.Client.EmbedAsync(Alice, new EmbeddingsRequest(texts), Cancellation);

    /// <summary>A service whose only model has two deployments, the second of which is used when the first has no room.</summary>
    private Task<EmbeddingUnderTest> StartServiceAsync(params string[] settings) => StartAsync(Cancellation,
    [
        "--Embedding:ModelPath=",
        "--Embedding:Reader:Path=",
        $"--Models:Embeddings:a-model:Dimension={EmbeddingServer.Dimension.ToString(CultureInfo.InvariantCulture)}",
        "--Models:Embeddings:a-model:Deployments:first:Provider=openai", $"--Models:Embeddings:a-model:Deployments:first:Endpoint={_first.Address}/v1",
        "--Models:Embeddings:a-model:Deployments:first:ApiKey=one",
        "--Models:Embeddings:a-model:Deployments:second:Provider=openai", $"--Models:Embeddings:a-model:Deployments:second:Endpoint={_second.Address}/v1",
        "--Models:Embeddings:a-model:Deployments:second:Tier=1",
        .. settings,
    ]);
}
