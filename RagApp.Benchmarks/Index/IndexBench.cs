using System.Diagnostics;
using System.Globalization;
using System.Numerics.Tensors;
using Microsoft.Extensions.Options;
using RagApp.Contracts.Identity;
using RagApp.Contracts.Search;
using RagApp.Storage;
using RagApp.Storage.Access;
using RagApp.Storage.Index;
using RagApp.Storage.Lucene;
using RagApp.Storage.Lucene.Generations;
using RagApp.Text.Analysis;

namespace RagApp.Benchmarks.Index;

/// <summary>Builds the embedded index for several tenants, one for each index size, and measures each.</summary>
internal sealed class IndexBench(string folder, RealText text, int questions)
{
    private const string Model = "made";
    private const int Dimension = 384;
    private const int ChunksPerDocument = 20;
    private const int Limit = 100;
    private const int Rounds = 3;
    private const int RecallQuestions = 30;
    private const int RecallAt = 10;

    /// <summary>Selectivity of the groups: each group may read one document in this many.</summary>
    private static readonly int[] OneIn = [100, 25, 5, 1];

    private readonly IOptions<StorageOptions> _options = Options.Create(new StorageOptions { DataPath = folder });
    private readonly TextAnalysis _analysis = new();
    private readonly TopicVectors _vectors = new(Dimension);

    public async Task BuildAsync(int chunks)
    {
        var started = Stopwatch.GetTimestamp();
        using var writer = new LuceneChunkIndexWriter(_options, _analysis);
        await using var build = await new LuceneGenerations(_options, _analysis, writer).BuildAsync(TenantOf(chunks), Model, Dimension, CancellationToken.None);
        var written = 0;
        await Parallel.ForEachAsync(Enumerable.Range(0, chunks / ChunksPerDocument), async (number, token) =>
        {
            await build.ReplaceAsync(Document(TenantOf(chunks), number), token);
            if (Interlocked.Add(ref written, ChunksPerDocument) % 20_000 == 0)
                Print($"  {written:N0} of {chunks:N0} chunks written, {Stopwatch.GetElapsedTime(started).TotalSeconds:N0} s, {Environment.WorkingSet >> 20:N0} MiB");
        });
        await build.SwitchAsync(CancellationToken.None);
        var bytes = new DirectoryInfo(folder).EnumerateFiles("*", SearchOption.AllDirectories)
            .Where(file => file.FullName.Contains(TenantOf(chunks), StringComparison.Ordinal)).Sum(file => file.Length);
        Print($"{chunks:N0} chunks: built in {Stopwatch.GetElapsedTime(started).TotalSeconds:N0} s on {Environment.ProcessorCount} processors, {bytes / chunks:N0} bytes per chunk on disk");
    }

    public async Task MeasureAsync(int chunks)
    {
        var before = GC.GetTotalMemory(forceFullCollection: true);
        using var index = new LuceneChunkIndex(_options, _analysis);
        var exact = Exact(chunks);
        for (var group = 0; group < OneIn.Length; group++)
        {
            var filter = FilterOf(chunks, OneIn[group]);
            var recall = await RecallAsync(index, filter, chunks, exact[group]);
            Print($"  {100.0 / OneIn[group],3:N0} % open: recall@{RecallAt} {recall:N3}; {await TimesAsync(index, filter, text.Questions(questions), chunks)}");
        }
        Print($"  frequent words: {await TimesAsync(index, FilterOf(chunks, 1), text.CommonQuestions(questions / 2), chunks)}");
        Print($"  {(GC.GetTotalMemory(forceFullCollection: true) - before) / chunks:N0} bytes per chunk in memory");
    }

    private async Task<string> TimesAsync(LuceneChunkIndex index, AccessFilter filter, List<string> asked, int chunks)
    {
        var parts = new List<string>();
        var asks = Enumerable.Range(0, asked.Count).Select(i => _vectors.Question(i % (chunks / ChunksPerDocument))).ToList();
        foreach (var (name, words, vectors) in new[] { ("keyword", true, false), ("dense", false, true), ("both", true, true) })
        {
            var (clock, processor) = (new double[asked.Count], new double[asked.Count]);
            for (var round = 0; round <= Rounds; round++)
            {
                for (var i = 0; i < asked.Count; i++)
                {
                    var query = new ChunkQuery(words ? asked[i] : null, vectors ? asks[i] : (ReadOnlyMemory<float>?)null, Model, Limit);
                    var (started, used) = (Stopwatch.GetTimestamp(), Environment.CpuUsage.TotalTime);
                    await index.SearchAsync(query, filter, CancellationToken.None);
                    Keep(clock, i, Stopwatch.GetElapsedTime(started), round);
                    Keep(processor, i, Environment.CpuUsage.TotalTime - used, round);
                }
            }
            parts.Add($"{name} {Percentiles(clock)} ({Percentiles(processor)})");
        }
        return string.Join(", ", parts) + " ms";
    }

    /// <summary>Keeps the shortest time of a question; the first round only warms up and is overwritten.</summary>
    private static void Keep(double[] times, int at, TimeSpan time, int round) =>
        times[at] = round < 2 ? time.TotalMilliseconds : Math.Min(times[at], time.TotalMilliseconds);

    private static string Percentiles(double[] times)
    {
        Array.Sort(times);
        return string.Create(CultureInfo.InvariantCulture, $"{times[times.Length / 2]:N1} / {times[times.Length * 95 / 100]:N1}");
    }

    private async Task<double> RecallAsync(LuceneChunkIndex index, AccessFilter filter, int chunks, List<(string, int)>[] exact)
    {
        var found = 0;
        for (var question = 0; question < RecallQuestions; question++)
        {
            var query = new ChunkQuery(Text: null, _vectors.Question(DocumentOf(question, chunks)), Model, RecallAt);
            var list = (await index.SearchAsync(query, filter, CancellationToken.None)).Semantic;
            found += list.Select(chunk => (chunk.Chunk.DocumentId, chunk.Chunk.Ordinal)).Intersect(exact[question]).Count();
        }
        return (double)found / exact.Sum(list => list.Count);
    }

    /// <summary>
    /// Exact nearest chunks of each question for each group, in full precision. Every vector is generated again, so that memory
    /// need not hold all of them.
    /// </summary>
    private List<(string, int)>[][] Exact(int chunks)
    {
        var asked = Enumerable.Range(0, RecallQuestions).Select(question => _vectors.Question(DocumentOf(question, chunks))).ToArray();
        var best = OneIn.Select(_ => asked.Select(_ => new PriorityQueue<(string, int), float>()).ToArray()).ToArray();
        for (var number = 0; number < chunks / ChunksPerDocument; number++)
        {
            var vectors = _vectors.Document(number, ChunksPerDocument);
            for (var ordinal = 0; ordinal < vectors.Length; ordinal++)
            {
                for (var question = 0; question < asked.Length; question++)
                {
                    var cosine = TensorPrimitives.Dot<float>(asked[question], vectors[ordinal]);
                    foreach (var group in Enumerable.Range(0, OneIn.Length).Where(group => number % OneIn[group] == 0))
                    {
                        if (best[group][question].Count < RecallAt)
                            best[group][question].Enqueue(($"d{number}", ordinal), cosine);
                        else
                            best[group][question].EnqueueDequeue(($"d{number}", ordinal), cosine);
                    }
                }
            }
        }
        return [.. best.Select(group => group.Select(queue => queue.UnorderedItems.Select(item => item.Element).ToList()).ToArray())];
    }

    private IndexedDocument Document(string tenant, int number)
    {
        var (language, title, passages) = text.Document(number, ChunksPerDocument);
        var vectors = _vectors.Document(number, ChunksPerDocument);
        return new IndexedDocument(
            tenant, $"d{number}", $"d{number}", 1, $"made/{number}.txt", title,
            new DocumentProperties(DocumentProperties.Upload, "txt", language, Date: null, Tags: []),
            [.. OneIn.Where(one => number % one == 0).Select(one => AccessEntry.Group($"one-in-{one}"))], Model,
            [.. passages.Select((passage, ordinal) => new ChunkEntry(ordinal, passage, $"Section {ordinal}", Page: null, vectors[ordinal]))]);
    }

    /// <summary>Number of the document that a question is about; the documents are spread evenly over the tenant.</summary>
    private static int DocumentOf(int question, int chunks) => question * (chunks / ChunksPerDocument / RecallQuestions);

    private static AccessFilter FilterOf(int chunks, int oneIn) =>
        AccessFilter.For(new Principal(TenantOf(chunks), "reader", [$"one-in-{oneIn}"], [], Region: null));

    private static string TenantOf(int chunks) => $"of-{chunks.ToString(CultureInfo.InvariantCulture)}";

    private static void Print(FormattableString line) => Console.WriteLine(line.ToString(CultureInfo.InvariantCulture));
}
