using System.Text.Json;

namespace RagApp.Tests.Query;

/// <summary>The questions of the development corpora.</summary>
internal static class CorpusQuestions
{
    /// <summary>Every fifth question of every set, including unanswerable ones; empty when there is no corpus.</summary>
    public static IReadOnlyList<string> Sample() => Repository.Corpus is not { } corpus
        ? []
        : [.. Directory.EnumerateFiles(Path.Combine(corpus, "retrieval"), "*.jsonl", SearchOption.AllDirectories)
            .Where(file => Path.GetFileName(file) is "queries.jsonl" or "unanswerable.jsonl")
            .Order(StringComparer.Ordinal)
            .SelectMany(File.ReadLines)
            .Where((_, at) => at % 5 == 0)
            .Select(TextOf)];

    private static string TextOf(string line)
    {
        using var json = JsonDocument.Parse(line);
        return json.RootElement.GetProperty("text").GetString()!;
    }
}
