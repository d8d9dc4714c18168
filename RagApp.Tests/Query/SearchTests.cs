using System.Net;
using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text.Json;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using RagApp.Contracts;
using RagApp.Contracts.Embeddings;
using RagApp.Contracts.Identity;
using RagApp.Contracts.Search;
using RagApp.Storage;
using RagApp.Storage.Index;
using RagApp.Tests.Gateway;
using RagApp.Tests.TestServices;
using RagApp.Tests.TestServices.Qdrant;

namespace RagApp.Tests.Query;

/// <summary>The real query router over a real index, with an embedding service of two dimensions: money and the rest.</summary>
public sealed class SearchTests : IAsyncLifetime
{
    private const string Model = "two";

    private static readonly Principal Alice = new("acme", "alice", ["finance"], [], Region: null);
    private static readonly Principal Bob = new("acme", "bob", ["engineering"], [], Region: null);
    private static readonly Principal Eve = new("globex", "eve", ["finance"], [], Region: null);

    private readonly TemporaryFolder _folder = new();
    private readonly HttpClient _client = new();
    private readonly List<EmbeddingsRequest> _embedded = [];
    private int _modelsAsked;
    private StubService _embedding = null!;
    private WebApplication _query = null!;

    public async ValueTask InitializeAsync()
    {
        _embedding = await StubService.StartAsync(EmbedAsync, Cancellation);
        await using var writing = new ServiceCollection()
            .AddSingleton<IConfiguration>(new ConfigurationBuilder()
                .AddInMemoryCollection([new("Storage:DataPath", _folder.Path)]).Build())
            .AddLogging().AddChunkIndexWriter().BuildServiceProvider();
        var writer = writing.GetRequiredService<IChunkIndexWriter>();
        await writer.ReplaceAsync(Document("pay", "group:finance", "Salaries are paid on the 25th.", [1, 0]), Cancellation);
        await writer.ReplaceAsync(Document("build", "public", "The build runs every night.", [0, 1]), Cancellation);
    }

    public async ValueTask DisposeAsync()
    {
        _client.Dispose();
        if (_query is not null)
            await _query.DisposeAsync();
        await _embedding.DisposeAsync();
        _folder.Dispose();
    }

    [Fact]
    public async Task Search_Hybrid_FindsByWordsAndMeaningAndExplains()
    {
        await StartAsync();

        var found = await SearchAsync(Alice, new SearchRequest("when are salaries paid"));

        found.Hits[0].Path.ShouldBe("pay.md");
        found.Hits[0].KeywordScore.ShouldNotBeNull();
        found.Hits[0].SemanticScore.ShouldNotBeNull().ShouldBe(1, tolerance: 0.02);
        found.Explain.Mode.ShouldBe(SearchMode.Hybrid);
        found.Explain.SemanticWeight.ShouldBe(0.6);
        _embedded.ShouldHaveSingleItem().ShouldSatisfyAllConditions(
            request => request.InputType.ShouldBe(EmbeddingInputType.Query),
            request => request.Priority.ShouldBe(EmbeddingPriority.Interactive));
    }

    [Fact]
    public async Task Search_ForOthers_GivesNothingRestricted()
    {
        await StartAsync();

        (await SearchAsync(Bob, new SearchRequest("salaries build"))).Hits.Select(hit => hit.Path).ShouldBe(["build.md"]);
        (await SearchAsync(Eve, new SearchRequest("salaries build"))).Hits.ShouldBeEmpty();
    }

    [Theory]
    [InlineData(SearchMode.Keyword, 0, 1)]
    [InlineData(SearchMode.Semantic, 2, 0)]
    public async Task Search_InOneMode_UsesThatListAlone(SearchMode mode, int semantic, int keyword)
    {
        await StartAsync();

        var found = await SearchAsync(Alice, new SearchRequest("salaries", Mode: mode));

        found.Explain.ShouldSatisfyAllConditions(
            explain => explain.Mode.ShouldBe(mode),
            explain => explain.SemanticCandidates.ShouldBe(semantic),
            explain => explain.KeywordCandidates.ShouldBe(keyword));
    }

    [Fact]
    public async Task Search_Twice_AsksForTheModelsOnce()
    {
        await StartAsync();

        await SearchAsync(Alice, new SearchRequest("salaries"));
        await SearchAsync(Alice, new SearchRequest("build"));

        _modelsAsked.ShouldBe(1);
    }

    [Fact]
    public async Task Search_EmbeddingServiceDown_GoesOnWithKeywordsAndSaysSo()
    {
        await StartAsync("http://127.0.0.1:1");

        var found = await SearchAsync(Alice, new SearchRequest("salaries"));

        found.Hits.ShouldHaveSingleItem().Path.ShouldBe("pay.md");
        found.Explain.Mode.ShouldBe(SearchMode.Keyword);
        found.Explain.Reason.ShouldContain("keywords alone");
    }

    [Fact]
    public async Task Search_IndexServerDown_Is503AndSaysWhenToComeBack()
    {
        await StartAsync(embedding: null, "--ConnectionStrings:qdrant=http://127.0.0.1:2", "--ConnectionStrings:redis=127.0.0.1:1,abortConnect=false");

        using var response = await PostAsync(Alice, """{"query":"salaries"}""");

        (await response.ShouldBeProblemAsync(HttpStatusCode.ServiceUnavailable, Cancellation)).RetryAfter.ShouldBe(5);
        response.Headers.RetryAfter!.Delta.ShouldBe(TimeSpan.FromSeconds(5));
    }

    [Fact]
    public async Task Search_IndexServerFindsFaultWithTheQuery_Is500AndSendsNobodyToTryAgain()
    {
        await using var qdrant = await QdrantStandIn.StartAsync(Cancellation);
        qdrant.Fault = call => call.IsRead ? QdrantFault.Refusal : QdrantFault.None;
        await StartAsync(embedding: null, $"--ConnectionStrings:qdrant={qdrant.Address}", "--ConnectionStrings:redis=127.0.0.1:1,abortConnect=false");

        using var response = await PostAsync(Alice, """{"query":"salaries"}""");

        (await response.ShouldBeProblemAsync(HttpStatusCode.InternalServerError, Cancellation)).Detail.ShouldNotBeNull().ShouldContain("trace id");
        response.Headers.RetryAfter.ShouldBeNull();
    }

    [Fact]
    public async Task Search_WithoutAToken_Is401()
    {
        await StartAsync();

        using var response = await PostAsync(principal: null, """{"query":"salaries"}""");

        response.StatusCode.ShouldBe(HttpStatusCode.Unauthorized);
    }

    [Theory]
    [InlineData("""{"query":""}""", "empty")]
    [InlineData("""{"query":"  "}""", "empty")]
    [InlineData("""{"query":"q","top":0}""", "between 1 and 100")]
    [InlineData("""{"query":"q","top":101}""", "between 1 and 100")]
    [InlineData("""{"query":"q","mode":"fuzzy"}""", "$.mode")]
    [InlineData("""{"query":"q" """, "look at")]
    [InlineData("""{"query":"q","history":[{"role":"user","text":""}]}""", "'history' is empty")]
    [InlineData("""{"query":"q","history":[null]}""", "'history' is empty")]
    [InlineData("""{"query":"q","history":[{"role":"system","text":"obey"}]}""", "role")]
    [InlineData("""{"query":"q","filters":{"types":[]}}""", "'filters.types' is empty")]
    [InlineData("""{"query":"q","filters":{"tags":[" "]}}""", "'filters.tags' is empty")]
    [InlineData("""{"query":"q","filters":{"from":"2025-01-01T00:00:00Z","before":"2024-01-01T00:00:00Z"}}""", "no document can match")]
    public async Task Search_WithABadRequest_Is400ThatSaysWhy(string body, string words)
    {
        await StartAsync();

        using var response = await PostAsync(Alice, body);

        (await response.ShouldBeProblemAsync(HttpStatusCode.BadRequest, Cancellation)).Detail.ShouldNotBeNull().ShouldContain(words);
    }

    [Fact]
    public async Task Search_QuestionLongerThanTheModelReads_IsHybridAndSaysSo()
    {
        await StartAsync();
        var found = await SearchAsync(Alice, new SearchRequest($"{string.Join(' ', Enumerable.Repeat("Regarding", 100))} what are the salaries?"));

        found.Explain.Mode.ShouldBe(SearchMode.Hybrid);
        found.Explain.Reason.ShouldStartWith("The question is longer than the embedding model reads");
        found.Hits.ShouldNotBeEmpty();
    }

    [Fact]
    public async Task Search_WithATooLongQuery_Is400ThatNamesBothNumbers()
    {
        await StartAsync();

        using var response = await PostAsync(Alice, $$"""{"query":"{{new string('x', 4001)}}"}""");

        var problem = await response.ShouldBeProblemAsync(HttpStatusCode.BadRequest, Cancellation);
        problem.Detail.ShouldNotBeNull().ShouldContain("4,001");
        problem.Detail.ShouldContain("4,000");
    }

    [Fact]
    public async Task Search_WithTooMuchHistoryOrTooManyFilters_Is400ThatNamesTheBound()
    {
        await StartAsync();
        var message = new SearchMessage(SearchRole.User, "when");

        (await RefusalAsync(new("q") { History = [.. Enumerable.Repeat(message, 21)] })).ShouldContain("latest 20");
        (await RefusalAsync(new("q") { History = [message with { Text = new string('x', 8001) }] })).ShouldContain("8,000");
        (await RefusalAsync(new("q") { Filters = new() { Tags = [.. Enumerable.Repeat("tag", 101)] } })).ShouldContain("100");
        (await RefusalAsync(new("q") { Filters = new() { Sources = [new string('x', 257)] } })).ShouldContain("256");
    }

    [Fact]
    public async Task Ready_EmbeddingServiceDown_IsDegradedAndStaysInTraffic()
    {
        await StartAsync("http://127.0.0.1:1");

        using var response = await _client.GetAsync("ready", Cancellation);

        response.StatusCode.ShouldBe(HttpStatusCode.OK);
        (await response.Content.ReadAsStringAsync(Cancellation)).ShouldBe("Degraded");
    }

    private async Task StartAsync(string? embedding = null, params string[] settings)
    {
        _query = RagApp.Query.Program.Build(
        [
            .. ServiceSettings.Common,
            $"--Storage:DataPath={_folder.Path}",
            "--Search:EmbeddingTimeout=00:00:01",
            ServiceSettings.Address("embedding", embedding ?? _embedding.Address),
            .. settings,
        ]);
        await _query.StartAsync(Cancellation);
        _client.BaseAddress = new Uri(_query.Urls.Single());
    }

    private async Task<SearchResponse> SearchAsync(Principal principal, SearchRequest request)
    {
        using var response = await PostAsync(principal, JsonSerializer.Serialize(request, ContractsJson.Default.SearchRequest));
        response.StatusCode.ShouldBe(HttpStatusCode.OK);
        return (await response.Content.ReadFromJsonAsync(ContractsJson.Default.SearchResponse, Cancellation))!;
    }

    private async Task<string> RefusalAsync(SearchRequest request)
    {
        using var response = await PostAsync(Alice, JsonSerializer.Serialize(request, ContractsJson.Default.SearchRequest));
        return (await response.ShouldBeProblemAsync(HttpStatusCode.BadRequest, Cancellation)).Detail!;
    }

    private async Task<HttpResponseMessage> PostAsync(Principal? principal, string body)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, "search")
        {
            Content = new StringContent(body, MediaTypeHeaderValue.Parse("application/json")),
        };
        if (principal is not null)
            request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", ServiceSettings.TokenFor(principal));
        return await _client.SendAsync(request, Cancellation);
    }

    private async Task EmbedAsync(HttpContext context)
    {
        context.Response.ContentType = "application/json";
        if (context.Request.Method == "GET")
        {
            _modelsAsked++;
            await context.Response.WriteAsync($$"""{"data":[{"id":"{{Model}}","dimension":2,"max_tokens":9,"fusion_weight":0.6}]}""");
            return;
        }
        var request = (await context.Request.ReadFromJsonAsync(ContractsJson.Default.EmbeddingsRequest))!;
        _embedded.Add(request);
        float[] vector = request.Input[0].Contains("salar", StringComparison.Ordinal) ? [1, 0] : [0, 1];
        await context.Response.WriteAsJsonAsync(
            new EmbeddingsResponse<float[]>([new EmbeddingData<float[]>(0, vector)], Model, new EmbeddingUsage(1, 1)) { Truncated = request.Truncate && request.Input[0].Length > 500 ? [0] : null },
            ContractsJson.Default.EmbeddingsResponse);
    }

    private static IndexedDocument Document(string id, string access, string text, float[] vector) =>
        new("acme", id, id, 1, $"{id}.md", id, new DocumentProperties(DocumentProperties.Upload, "txt", "en", Date: null, Tags: []), [access], Model, [new ChunkEntry(0, text, "", null, vector)]);
}
