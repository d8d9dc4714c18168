using System.Diagnostics;
using RagApp.Benchmarks.Retrieval;
using RagApp.Contracts.Embeddings;
using RagApp.Contracts.Search;
using RagApp.Gateway.Answers;
using RagApp.Gateway.Answers.Extractive;
using RagApp.Storage.Analysis;

namespace RagApp.Benchmarks.Answers;

/// <summary>The gateway's extractive answerer behind the real search, both in this process.</summary>
internal sealed class AnswerBench(RetrievalBench search) : IDisposable
{
    /// <summary>As many passages as an answer asks the search for.</summary>
    private const int Passages = 8;

    private readonly HttpClient _http = new() { BaseAddress = new Uri(search.EmbeddingAddress) };

    public ExtractiveOptions Options { get; } = new();

    public async Task<FoundSentences> AnswerAsync(string documents, string text, CancellationToken cancellationToken)
    {
        var question = await AskAsync(documents, text, cancellationToken);
        var ranked = await RankerAt(_http).RankAsync(question, [.. question.Passages.Take(Options.Passages)], Options.MaxSentences, cancellationToken);
        return new FoundSentences(
            [.. SentenceSelection.Choose(ranked.Sentences, Options.MaxSentences).Select(sentence => sentence.Sentence.Text)],
            ranked.Confidence);
    }

    /// <summary>How long each answer takes once its passages are found, one after the other, with an embedding service that knows no text yet.</summary>
    public async Task<IReadOnlyList<TimeSpan>> TimeAsync(string documents, IEnumerable<string> questions, CancellationToken cancellationToken)
    {
        var folder = Directory.CreateTempSubdirectory("ragapp-answers-").FullName;
        using var model = new CachedModel(folder);
        await using var embedding = await EmbeddingStandIn.StartAsync(model);
        using var http = new HttpClient { BaseAddress = new Uri(embedding.Address) };
        var answerer = new ExtractiveAnswerer(RankerAt(http), Microsoft.Extensions.Options.Options.Create(Options));
        model.EmbedQuestions(["The model is loaded before the first is timed."]);
        var times = new List<TimeSpan>();
        foreach (var text in questions)
        {
            var question = await AskAsync(documents, text, cancellationToken);
            var started = Stopwatch.GetTimestamp();
            await foreach (var _ in answerer.AnswerAsync(question, cancellationToken))
            {
            }
            times.Add(Stopwatch.GetElapsedTime(started));
        }
        model.Dispose();
        Directory.Delete(folder, recursive: true);
        return times;
    }

    public void Dispose() => _http.Dispose();

    private async Task<Question> AskAsync(string documents, string text, CancellationToken cancellationToken)
    {
        var found = await search.FindAsync(documents, new SearchRequest(text, Passages), cancellationToken);
        return new Question(RetrievalBench.ReaderOf(documents), text, found.Hits, []);
    }

    private static SentenceRanker RankerAt(HttpClient embedding) => new(new EmbeddingClient(embedding), new TextAnalysis());
}

/// <param name="Sentences">Those that would be quoted, best first.</param>
internal sealed record FoundSentences(IReadOnlyList<string> Sentences, double Confidence);
