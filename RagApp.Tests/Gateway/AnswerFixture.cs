using System.Net.Http.Json;
using System.Net.ServerSentEvents;
using System.Text.RegularExpressions;
using Microsoft.AspNetCore.Http;
using RagApp.Contracts;
using RagApp.Contracts.Answers;
using RagApp.Contracts.Embeddings;
using RagApp.Contracts.Search;
using RagApp.Tests.TestServices;

namespace RagApp.Tests.Gateway;

/// <summary>Services for answers: a search that finds given passages, and vectors in which shared words are near.</summary>
internal static partial class AnswerFixture
{
    private const int Dimension = 256;

    public static SearchHit Passage(string document, string text, double score = 1) =>
        new(document, 1, 0, document, $"{document}.md", "Chapter", null, text, score, 1, 0.9);

    public static Task<StubService> SearchAsync(CancellationToken cancellationToken, params SearchHit[] hits) =>
        SearchAsync(rewrites: null, cancellationToken, hits);

    public static Task<StubService> SearchAsync(SearchRewrites? rewrites, CancellationToken cancellationToken, params SearchHit[] hits) =>
        StubService.StartAsync(context => context.Response.WriteAsJsonAsync(
            new SearchResponse(hits, new SearchExplanation(SearchMode.Hybrid, "test", 1, 1, 0.5) { Rewrites = rewrites }), ContractsJson.Default.SearchResponse), cancellationToken);

    /// <param name="seen">Told the texts of each request; two may come at a time.</param>
    public static Task<StubService> EmbeddingAsync(CancellationToken cancellationToken, Action<IReadOnlyList<string>>? seen = null) => StubService.StartAsync(async context =>
    {
        var request = (await context.Request.ReadFromJsonAsync(ContractsJson.Default.EmbeddingsRequest))!;
        seen?.Invoke(request.Input);
        var data = request.Input.Select((text, i) => new EmbeddingData(i, VectorOf(text))).ToList();
        await context.Response.WriteAsJsonAsync(
            new EmbeddingsResponse(data, "words", new EmbeddingUsage(1, 1)), ContractsJson.Default.EmbeddingsResponse);
    }, cancellationToken);

    public static HttpRequestMessage Ask(string question, bool stream) => new(HttpMethod.Post, "v1/answers")
    {
        Content = JsonContent.Create(new AnswerRequest(question, Stream: stream), ContractsJson.Default.AnswerRequest),
    };

    public static async Task<List<SseItem<string>>> ReadEventsAsync(HttpResponseMessage response, CancellationToken cancellationToken)
    {
        await using var body = await response.Content.ReadAsStreamAsync(cancellationToken);
        return await SseParser.Create(body).EnumerateAsync(cancellationToken).ToListAsync(cancellationToken);
    }

    /// <summary>Words hashed into a vector of length one.</summary>
    private static float[] VectorOf(string text)
    {
        var vector = new float[Dimension];
        foreach (Match word in Words().Matches(text.ToLowerInvariant()))
        {
            var hash = 17;
            foreach (var c in word.Value)
                hash = (hash * 31 + c) & 0xFFFF;
            vector[hash % Dimension] += 1;
        }
        var norm = MathF.Max(System.Numerics.Tensors.TensorPrimitives.Norm<float>(vector), 1e-6f);
        System.Numerics.Tensors.TensorPrimitives.Divide(vector, norm, vector);
        return vector;
    }

    [GeneratedRegex(@"\w+", RegexOptions.None, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Words();
}
