using BenchmarkDotNet.Attributes;
using Microsoft.Extensions.Options;
using RagApp.Benchmarks.Texts;
using RagApp.Contracts.Identity;
using RagApp.Contracts.Search;
using RagApp.Storage;
using RagApp.Storage.Access;
using RagApp.Storage.Index;
using RagApp.Storage.Lucene;
using RagApp.Text.Analysis;

namespace RagApp.Benchmarks.Index;

/// <summary>
/// Keyword and vector search of the embedded index, separately and together, for a user who may read all chunks or one in
/// ten. The baseline compares the question's vector with every chunk's vector in a loop: a search without an index.
/// </summary>
[MemoryDiagnoser]
public class IndexSearchBenchmarks
{
    private const string Tenant = "acme";
    private const string Model = "bench";
    private const int Dimension = 384;
    private const int ChunksPerDocument = 20;
    private const int Limit = 100;

    /// <summary>Number of chunks; kept small because each case builds its own index, which takes most of the run time.</summary>
    private const int Chunks = 20_000;

    private string _folder = "";
    private LuceneChunkIndex? _index;
    private AccessFilter? _filter;
    private float[][] _vectors = [];
    private float[] _question = [];

    /// <summary>Selectivity: the user may read one chunk in this many.</summary>
    [Params(1, 10)]
    public int OneIn { get; set; }

    [GlobalSetup]
    public async Task SetupAsync()
    {
        var text = new RandomText(seed: 7);
        _folder = Directory.CreateTempSubdirectory("ragapp-bench-").FullName;
        _vectors = [.. Enumerable.Range(0, Chunks).Select(_ => text.Vector(Dimension))];
        _question = text.Vector(Dimension);

        var options = Options.Create(new StorageOptions { DataPath = _folder });
        var analysis = new TextAnalysis();
        using (var writer = new LuceneChunkIndexWriter(options, analysis))
        {
            var documents = Enumerable.Range(0, Chunks / ChunksPerDocument).Select(number => Document(number, text)).ToList();
            await Parallel.ForEachAsync(documents, async (document, cancellationToken) =>
                await writer.ReplaceAsync(document, cancellationToken));
        }
        _index = new LuceneChunkIndex(options, analysis);
        _filter = AccessFilter.For(new Principal(Tenant, "reader", OneIn == 1 ? ["some", "others"] : ["some"], [], Region: null));
        await BothAsync();
    }

    [GlobalCleanup]
    public void Cleanup()
    {
        _index?.Dispose();
        Directory.Delete(_folder, recursive: true);
    }

    [Benchmark(Baseline = true)]
    public float PlainLoop()
    {
        var best = float.MinValue;
        foreach (var vector in _vectors)
        {
            var sum = 0f;
            for (var i = 0; i < Dimension; i++)
                sum += vector[i] * _question[i];
            best = Math.Max(best, sum);
        }
        return best;
    }

    [Benchmark]
    public Task<ChunkCandidates> KeywordAsync() =>
        _index!.SearchAsync(new ChunkQuery(RandomText.Question, Vector: null, Model: null, Limit), _filter!, CancellationToken.None);

    [Benchmark]
    public Task<ChunkCandidates> VectorAsync() =>
        _index!.SearchAsync(new ChunkQuery(Text: null, _question, Model, Limit), _filter!, CancellationToken.None);

    [Benchmark]
    public Task<ChunkCandidates> BothAsync() =>
        _index!.SearchAsync(new ChunkQuery(RandomText.Question, _question, Model, Limit), _filter!, CancellationToken.None);

    private IndexedDocument Document(int number, RandomText text) => new(
        Tenant,
        $"d{number}",
        $"d{number}",
        1,
        $"bench/{number}.txt",
        $"Document {number}",
        new DocumentProperties(DocumentProperties.Upload, "txt", "en", Date: null, Tags: []),
        [AccessEntry.Group(number % 10 == 0 ? "some" : "others")],
        Model,
        [.. Enumerable.Range(0, ChunksPerDocument).Select(ordinal =>
            new ChunkEntry(ordinal, text.Passage(), $"Section {ordinal}", Page: null, _vectors[(number * ChunksPerDocument) + ordinal]))]);
}
