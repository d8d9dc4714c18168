using System.Text.Json;

namespace RagApp.Tests.Embedding;

/// <summary>One line of the model's <c>reference.jsonl</c>: a text, its expected token ids and its expected vector.</summary>
internal sealed record ReferenceText(string Kind, string Text, long[] InputIds, float[] Embedding)
{
    private static readonly JsonSerializerOptions Snake = new() { PropertyNamingPolicy = JsonNamingPolicy.SnakeCaseLower };

    public static string ModelPath { get; } = Path.Combine(AppContext.BaseDirectory, "Models", "multilingual-e5-small");

    public static ReferenceText[] All { get; } =
        [.. File.ReadLines(Path.Combine(ModelPath, "reference.jsonl")).Select(line => JsonSerializer.Deserialize<ReferenceText>(line, Snake)!)];

    public string Prefixed => $"{Kind}: {Text}";
}
