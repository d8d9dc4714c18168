using System.Net;
using System.Net.Http.Headers;
using System.Net.Http.Json;
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
using RagApp.Tests.TestServices;

namespace RagApp.Tests.Query;

/// <summary>The real query router over a real index, with an embedding service whose vectors are close for texts that share words.</summary>
internal sealed class QueryUnderTest : IAsyncDisposable
{
    public static readonly Principal Alice = new("acme", "alice", ["finance"], [], Region: null);

    private const int Dimension = 64;
    private const string Model = "words";

    private readonly TemporaryFolder _folder = new();
    private readonly HttpClient _client = new();
    private StubService _embedding = null!;
    private WebApplication _query = null!;

    /// <summary>Texts that were embedded, in the order of the requests.</summary>
    public List<string> Embedded { get; } = [];

    public string Address => _query.Urls.Single();

    public IServiceProvider Services => _query.Services;

    public static async Task<QueryUnderTest> StartAsync(
        IReadOnlyList<IndexedDocument> documents, CancellationToken cancellationToken, params string[] settings)
    {
        var started = new QueryUnderTest();
        started._embedding = await StubService.StartAsync(started.EmbedAsync, cancellationToken);
        await using (var writing = new ServiceCollection()
            .AddSingleton<IConfiguration>(new ConfigurationBuilder()
                .AddInMemoryCollection([new("Storage:DataPath", started._folder.Path)]).Build())
            .AddLogging().AddChunkIndexWriter().BuildServiceProvider())
        {
            foreach (var document in documents)
                await writing.GetRequiredService<IChunkIndexWriter>().ReplaceAsync(document, cancellationToken);
        }
        started._query = RagApp.Query.Program.Build(
        [
            .. ServiceSettings.Common,
            $"--Storage:DataPath={started._folder.Path}",
            ServiceSettings.Address("embedding", started._embedding.Address),
            .. settings,
        ]);
        await started._query.StartAsync(cancellationToken);
        started._client.BaseAddress = new Uri(started._query.Urls.Single());
        return started;
    }

    /// <summary>
    /// A document with one passage at the given path; every user of the tenant may read it unless <paramref name="access"/>
    /// says otherwise.
    /// </summary>
    public static IndexedDocument Document(string path, string text, string access = AccessEntry.Public, string? title = null, string type = "md", params string[] tags) =>
        new("acme", RagApp.Storage.Documents.DocumentIds.For("acme", path), "i1", 1, path, title ?? path,
            new DocumentProperties(DocumentProperties.Upload, type, "en", Date: null, tags), [access], Model,
            [new ChunkEntry(0, text, "", null, VectorOf(text))]);

    public async Task<SearchResponse> SearchAsync(SearchRequest request, Principal? principal = null)
    {
        using var response = await SendAsync(HttpMethod.Post, "search", JsonContent.Create(request, ContractsJson.Default.SearchRequest), principal);
        response.StatusCode.ShouldBe(HttpStatusCode.OK);
        return (await response.Content.ReadFromJsonAsync(ContractsJson.Default.SearchResponse))!;
    }

    public async Task<HttpResponseMessage> SendAsync(HttpMethod method, string path, HttpContent? content = null, Principal? principal = null, string? ifMatch = null)
    {
        using var request = new HttpRequestMessage(method, path) { Content = content };
        request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", ServiceSettings.TokenFor(principal ?? Alice));
        if (ifMatch is not null)
            request.Headers.IfMatch.ParseAdd(ifMatch);
        return await _client.SendAsync(request);
    }

    public async ValueTask DisposeAsync()
    {
        _client.Dispose();
        await _query.DisposeAsync();
        await _embedding.DisposeAsync();
        _folder.Dispose();
    }

    private async Task EmbedAsync(HttpContext context)
    {
        context.Response.ContentType = "application/json";
        if (context.Request.Method == "GET")
        {
            await context.Response.WriteAsync($$"""{"data":[{"id":"{{Model}}","dimension":{{Dimension}},"max_tokens":500,"fusion_weight":0.5}]}""");
            return;
        }
        var request = (await context.Request.ReadFromJsonAsync(ContractsJson.Default.EmbeddingsRequest))!;
        Embedded.AddRange(request.Input);
        await context.Response.WriteAsJsonAsync(
            new EmbeddingsResponse<float[]>([.. request.Input.Select((text, i) => new EmbeddingData<float[]>(i, VectorOf(text)))], Model, new EmbeddingUsage(1, 1)),
            ContractsJson.Default.EmbeddingsResponse);
    }

    /// <summary>Hashes the words of a text into a vector of length one.</summary>
    private static float[] VectorOf(string text)
    {
        var vector = new float[Dimension];
        foreach (var word in RagApp.Text.Words.Of(text))
            vector[word.Aggregate(17, (hash, c) => (hash * 31 + c) & 0xFFFF) % Dimension] += 1;
        var norm = MathF.Max(System.Numerics.Tensors.TensorPrimitives.Norm<float>(vector), 1e-6f);
        System.Numerics.Tensors.TensorPrimitives.Divide(vector, norm, vector);
        return vector;
    }
}
