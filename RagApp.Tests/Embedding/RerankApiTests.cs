using System.Net;
using RagApp.Contracts.Http;
using RagApp.Contracts.Rerank;
using RagApp.Tests.TestServices.FakeProvider;
using static RagApp.Tests.Embedding.EmbeddingUnderTest;

namespace RagApp.Tests.Embedding;

/// <summary>Reranking through the embedding service; a real HTTP server plays the provider.</summary>
public sealed class RerankApiTests : IAsyncLifetime
{
    private EmbeddingServer _server = null!;

    public async ValueTask InitializeAsync() => _server = await EmbeddingServer.StartAsync(Cancellation);

    public ValueTask DisposeAsync() => _server.DisposeAsync();

    [Theory]
    [InlineData("cohere", "/v2/rerank")]
    [InlineData("tei", "/rerank")]
    public async Task Rerank_Documents_BestFirst(string provider, string path)
    {
        await using var service = await StartServiceAsync(provider, path);

        var response = await service.Reranker.RerankAsync(Alice, new RerankRequest("Which?", ["short", "the longest one", "a middle one"], TopN: 2), Cancellation);

        response.Results.Select(result => (result.Index, result.RelevanceScore)).ShouldBe([(1, 0.015), (2, 0.012)]);
        response.Model.ShouldBe("rerank-1");
        var call = _server.Calls.ShouldHaveSingleItem();
        call.Authorization.ShouldBe($"Bearer {EmbeddingServer.Key}");
        ((string?)call.Body["query"]).ShouldBe("Which?");
        ((string?)call.Body["model"]).ShouldBe(provider == "cohere" ? "rerank-1" : null);
    }

    [Fact]
    public async Task Rerank_MoreThanTeiTakesInOneCall_SeveralCalls()
    {
        await using var service = await StartServiceAsync("tei", "/rerank");
        var documents = Enumerable.Range(1, 70).Select(length => new string('a', length)).ToArray();

        var response = await service.Reranker.RerankAsync(Alice, new RerankRequest("Which?", documents), Cancellation);

        response.Results.Select(result => result.Index).ShouldBe(Enumerable.Range(0, 70).Reverse());
        _server.Calls.Select(call => call.Texts.Count).ShouldBe([32, 32, 6], ignoreOrder: true);
    }

    [Theory]
    [InlineData("", "'query' is empty", "a")]
    [InlineData("Which?", "'documents' is empty")]
    public async Task Rerank_RequestWrong_IsA400ThatSaysWhat(string query, string said, params string[] documents)
    {
        await using var service = await StartServiceAsync("cohere", "/v2/rerank");

        var refusal = await Should.ThrowAsync<ApiException>(service.Reranker.RerankAsync(Alice, new RerankRequest(query, documents), Cancellation));

        refusal.Status.ShouldBe(HttpStatusCode.BadRequest);
        refusal.Message.ShouldContain(said);
    }

    [Theory]
    [InlineData("""{"results": []}""")]
    [InlineData("""{"results": [{"index": 0, "relevance_score": 0.5}, {"index": 0, "relevance_score": 0.4}]}""")]
    [InlineData("""{"results": [{"index": 0, "relevance_score": 17}, {"index": 1, "relevance_score": 0.4}]}""")]
    [InlineData("""{"results": [{"index": 0}, {"index": 1, "relevance_score": 0.4}]}""")]
    public async Task Rerank_ProviderAnswersGarbage_IsA502(string answer)
    {
        await using var service = await StartServiceAsync("cohere", "/v2/rerank");
        _server.Says = answer;

        var failure = await Should.ThrowAsync<ApiException>(service.Reranker.RerankAsync(Alice, new RerankRequest("Which?", ["a", "b"]), Cancellation));

        failure.Status.ShouldBe(HttpStatusCode.BadGateway);
    }

    [Fact]
    public async Task Rerank_RateLimited_IsA429WithTheProvidersTime()
    {
        await using var service = await StartServiceAsync("cohere", "/v2/rerank");
        _server.Status = 429;

        var failure = await Should.ThrowAsync<ApiException>(service.Reranker.RerankAsync(Alice, new RerankRequest("Which?", ["a"]), Cancellation));

        (failure.Status, failure.Problem.RetryAfter).ShouldBe((HttpStatusCode.TooManyRequests, 7));
    }

    [Fact]
    public async Task Rerank_NotConfigured_IsA404ThatNamesTheSetting()
    {
        await using var service = await StartAsync(Cancellation, "--Embedding:Reader:Path=");

        var failure = await Should.ThrowAsync<ApiException>(service.Reranker.RerankAsync(Alice, new RerankRequest("Which?", ["a"]), Cancellation));

        failure.Status.ShouldBe(HttpStatusCode.NotFound);
        failure.Message.ShouldContain("Rerank:Endpoint");
    }

    private Task<EmbeddingUnderTest> StartServiceAsync(string provider, string path) => StartAsync(Cancellation,
        "--Embedding:Reader:Path=", $"--Rerank:Provider={provider}", $"--Rerank:Endpoint={_server.Address}{path}", $"--Rerank:ApiKey={EmbeddingServer.Key}", "--Rerank:Model=rerank-1", "--Models:Pool:InteractiveWait=00:00:00");
}
