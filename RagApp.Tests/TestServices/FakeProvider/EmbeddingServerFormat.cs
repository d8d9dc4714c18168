using System.Text.Json.Nodes;

namespace RagApp.Tests.TestServices.FakeProvider;

/// <summary>The interface of a provider as an <see cref="EmbeddingServer"/> has it.</summary>
/// <param name="Texts">Name of the field with the texts.</param>
/// <param name="Answer">The body of the answer to texts.</param>
/// <param name="TooLong">The body of the refusal of a text that is too long.</param>
internal sealed record EmbeddingServerFormat(string Path, string Texts, Func<string[], JsonNode> Answer, int TooLongStatus, string TooLong)
{
    /// <summary>Header with the number of the tokens; null when it is in the body.</summary>
    public string? TokensHeader { get; init; }

    public static IReadOnlyList<EmbeddingServerFormat> All { get; } =
    [
        new("/v1/embeddings", "input", OpenAI, 400,
            """{"error": {"message": "This model's maximum context length is 8192 tokens, however you requested 9000.", "type": "invalid_request_error", "param": null, "code": null}}"""),
        new("/v2/embed", "texts", Cohere, 400, """{"message": "too many tokens: the total number of tokens in a text cannot exceed 512."}"""),
        new("/embed", "inputs", Tei, 413, """{"error": "Input validation error: `inputs` must have less than 512 tokens. Given: 600", "error_type": "Validation"}""")
        {
            TokensHeader = "x-compute-tokens",
        },
        new("/api/embed", "input", Ollama, 400, """{"error": "the input length exceeds the context length"}"""),
        new("/v2/rerank", "documents", CohereRanks, 400, """{"message": "too long"}"""),
        new("/rerank", "texts", TeiRanks, 413, """{"error": "too long"}"""),
    ];

    private static JsonObject OpenAI(string[] texts) => new()
    {
        ["object"] = "list",
        ["model"] = "text-embedding-3-small",
        ["data"] = new JsonArray([.. texts.Select((text, index) => new JsonObject { ["object"] = "embedding", ["index"] = index, ["embedding"] = Base64(text) })]),
        ["usage"] = new JsonObject { ["prompt_tokens"] = Length(texts), ["total_tokens"] = Length(texts) },
    };

    private static JsonObject Cohere(string[] texts) => new()
    {
        ["id"] = "1",
        ["embeddings"] = new JsonObject { ["float"] = Vectors(texts) },
        ["texts"] = new JsonArray([.. texts.Select(text => JsonValue.Create(text))]),
        ["meta"] = new JsonObject { ["api_version"] = new JsonObject { ["version"] = "2" }, ["billed_units"] = new JsonObject { ["input_tokens"] = Length(texts) } },
    };

    private static JsonArray Tei(string[] texts) => Vectors(texts);

    private static JsonObject Ollama(string[] texts) => new()
    {
        ["model"] = "nomic-embed-text",
        ["embeddings"] = Vectors(texts),
        ["total_duration"] = 14143917,
        ["prompt_eval_count"] = Length(texts),
    };

    /// <summary>The longer a document, the better it answers; the best comes first.</summary>
    private static JsonObject CohereRanks(string[] texts) => new()
    {
        ["results"] = new JsonArray([.. Ranks(texts).Select(rank => new JsonObject { ["index"] = rank.Index, ["relevance_score"] = rank.Score })]),
        ["id"] = "1",
        ["meta"] = new JsonObject { ["billed_units"] = new JsonObject { ["search_units"] = 1 } },
    };

    private static JsonArray TeiRanks(string[] texts) =>
        [.. Ranks(texts).Select(rank => new JsonObject { ["index"] = rank.Index, ["score"] = rank.Score })];

    private static IEnumerable<(int Index, double Score)> Ranks(string[] texts) =>
        texts.Select((text, index) => (Index: index, Score: Math.Min(1.0, text.Length / 1000.0))).OrderByDescending(rank => rank.Score);

    private static JsonArray Vectors(string[] texts) => new([.. texts.Select(text => new JsonArray(Vector(text).Select(number => (JsonNode)number).ToArray()))]);

    private static string Base64(string text) => Convert.ToBase64String([.. Vector(text).SelectMany(BitConverter.GetBytes)]);

    private static float[] Vector(string text) => [text.Length, 1, 0, 0];

    private static int Length(string[] texts) => texts.Sum(text => text.Length);
}
