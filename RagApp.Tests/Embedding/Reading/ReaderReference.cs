using System.Text.Json;

namespace RagApp.Tests.Embedding.Reading;

/// <summary>One line of the reader's <c>reader-reference.jsonl</c>: a question, a passage, the expected token ids, span and logits.</summary>
internal sealed record ReaderReference(string Question, string Passage, long[] InputIds, double Answerable, int[] Span, string Text, double Score, double None)
{
    private static readonly JsonSerializerOptions Snake = new() { PropertyNamingPolicy = JsonNamingPolicy.SnakeCaseLower };

    public static ReaderReference[] All { get; } =
        [.. File.ReadLines(Path.Combine(ReferenceText.ModelPath, "reader-reference.jsonl")).Select(line => JsonSerializer.Deserialize<ReaderReference>(line, Snake)!)];
}
