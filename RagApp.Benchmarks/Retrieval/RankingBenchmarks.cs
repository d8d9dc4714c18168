using System.Globalization;
using BenchmarkDotNet.Attributes;
using Microsoft.Extensions.Options;
using RagApp.Benchmarks.Texts;
using RagApp.Contracts.Search;
using RagApp.Query.Ranking;
using RagApp.Storage.Index;
using RagApp.Text.Analysis;

namespace RagApp.Benchmarks.Retrieval;

/// <summary>Cost of fusing and ranking a keyword list and a vector list of full length.</summary>
[MemoryDiagnoser]
public class RankingBenchmarks
{
    private const int Candidates = 200;
    private const int Hits = 10;

    private readonly Ranker _ranker = new(new TextAnalysis(), Options.Create(new RankingOptions()));
    private ChunkCandidates _offered = new([], []);

    [GlobalSetup]
    public void Setup()
    {
        var text = new RandomText(seed: 3);
        var random = new Random(3);
        var chunks = Enumerable.Range(0, Candidates)
            .Select(i => new FoundChunk(
                (i / 4).ToString(CultureInfo.InvariantCulture), 1, i % 4, "a.md", "A title", "A › heading", Page: null, text.Passage(),
                new DocumentProperties(DocumentProperties.Upload, "md", "en", Date: null, Tags: [])))
            .ToList();
        _offered = new ChunkCandidates(Scored(chunks, 20), Scored(chunks, 1));

        List<ScoredChunk> Scored(List<FoundChunk> found, double most) =>
            [.. found.Select(chunk => new ScoredChunk(chunk, most * random.NextDouble())).OrderByDescending(scored => scored.Score)];
    }

    [Benchmark]
    public IReadOnlyList<SearchHit> Rank() => _ranker.Rank(_offered, RandomText.Question, 0.5, Hits);
}
