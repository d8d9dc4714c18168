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

/// <summary>
/// Stand-in services for answer tests: a search that returns given passages, and an embedding service whose vectors are close
/// for texts that share words.
/// </summary>
internal static partial class AnswerFixture
{
    private const int Dimension = 256;

    public static SearchExplanation Explanation { get; } = new(SearchMode.Hybrid, "test", 1, 1, 0.5);

    private static EmbeddingModels Models { get; } = new([new EmbeddingModel("words", Dimension, 512, 0.5) { AnswerSimilarity = 0.6 }]);

    public static SearchHit Passage(string document, string text, double score = 1) =>
        new(document, 1, 0, document, $"{document}.md", "Chapter", null, text, score, 1, 0.9);

    public static Task<StubService> SearchAsync(CancellationToken cancellationToken, params SearchHit[] hits) =>
        SearchAsync(Explanation, cancellationToken, hits);

    public static Task<StubService> SearchAsync(SearchExplanation explanation, CancellationToken cancellationToken, params SearchHit[] hits) =>
        StubService.StartAsync(context => context.Response.WriteAsJsonAsync(new SearchResponse(hits, explanation), ContractsJson.Default.SearchResponse), cancellationToken);

    /// <param name="seen">Receives the texts of each request; may be called concurrently.</param>
    /// <param name="read">Answers requests to the reader; there is no reader by default.</param>
    public static Task<StubService> EmbeddingAsync(
        CancellationToken cancellationToken, Action<IReadOnlyList<string>>? seen = null, RequestDelegate? read = null) => StubService.StartAsync(async context =>
    {
        if (context.Request.Path == "/v1/read")
        {
            await (read is null ? StubService.AnswerAsync(context, StatusCodes.Status404NotFound, "{}") : read(context));
            return;
        }
        if (context.Request.Path == "/v1/models")
        {
            await context.Response.WriteAsJsonAsync(Models, ContractsJson.Default.EmbeddingModels);
            return;
        }
        var request = (await context.Request.ReadFromJsonAsync(ContractsJson.Default.EmbeddingsRequest))!;
        seen?.Invoke(request.Input);
        var data = request.Input.Select((text, i) => new EmbeddingData<float[]>(i, VectorOf(text))).ToList();
        await context.Response.WriteAsJsonAsync(
            new EmbeddingsResponse<float[]>(data, "words", new EmbeddingUsage(1, 1)), ContractsJson.Default.EmbeddingsResponse);
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

    /// <summary>Hashes the words of a text into a vector of length one.</summary>
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
