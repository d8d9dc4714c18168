using System.Globalization;
using CsCheck;
using Lucene.Net.Index;
using Lucene.Net.Store;
using Microsoft.Extensions.Options;
using RagApp.Contracts.Identity;
using RagApp.Contracts.Search;
using RagApp.Storage;
using RagApp.Storage.Access;
using RagApp.Storage.Index;
using RagApp.Storage.Lucene;
using RagApp.Storage.Lucene.Access;
using RagApp.Storage.Lucene.Generations;
using RagApp.Storage.Lucene.Keywords;
using RagApp.Storage.Lucene.Vectors;
using RagApp.Tests.TestServices;
using RagApp.Text.Analysis;

namespace RagApp.Tests.Storage;

/// <summary>The optimised searches of the embedded index find the same chunks as an exhaustive search.</summary>
public sealed class LuceneSearchTests : IDisposable
{
    private const int Dimension = 48;
    private const int Documents = 60;
    private const int ChunksPerDocument = 150;

    private readonly TemporaryFolder _folder = new();
    private readonly TextAnalysis _analysis = new();
    private readonly Random _random = new(11);

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task Best_ManyQuestions_IsTheBestOfAllThatMatch()
    {
        await BuildAsync();
        using var reader = Open();
        foreach (var access in new[] { "all", "few" })
        {
            var allowed = new AllowedChunks(reader, Filter(access), narrowing: null);
            var open = OpenIn(reader, allowed);
            for (var round = 0; round < 60; round++)
            {
                var search = new KeywordSearch(Words(_random.Next(1, 12)), reader, new ReadableTerms(reader, allowed), _analysis);
                var limit = _random.Next(1, 40);
                var expected = search.Score(open).OrderByDescending(found => found.Score).ThenBy(found => found.Chunk).Take(limit);
                search.Best(limit, allowed).ShouldBe(expected);
            }
        }
    }

    [Fact]
    public async Task Nearest_ManyQuestions_HasTheExactOnesAndTheirExactScores()
    {
        await BuildAsync();
        using var reader = Open();
        var (found, wanted) = (0, 0);
        foreach (var access in new[] { "all", "few" })
        {
            var allowed = new AllowedChunks(reader, Filter(access), narrowing: null);
            for (var round = 0; round < 20; round++)
            {
                var scan = new VectorScan(reader, Vector(), "m");
                var expected = scan.Score(OpenIn(reader, allowed)).OrderByDescending(chunk => chunk.Score).ThenBy(chunk => chunk.Chunk).Take(10).ToList();
                var nearest = scan.Nearest(10, allowed);
                nearest.Select(chunk => chunk.Score).ShouldBeInOrder(SortDirection.Descending);
                found += nearest.Intersect(expected).Count();
                wanted += expected.Count;
            }
        }
        ((double)found / wanted).ShouldBeGreaterThanOrEqualTo(0.98);
    }

    [Fact]
    public void Of_AnyTwoVectors_IsTheSameInEveryWay() =>
        Gen.Select(Gen.Int[0, 130], Gen.Int).Sample((length, seed) =>
        {
            var random = new Random(seed);
            var question = Enumerable.Range(0, length).Select(_ => (short)random.Next(-127, 128)).ToArray();
            var vector = Enumerable.Range(0, length).Select(_ => (sbyte)random.Next(-127, 128)).ToArray();
            var expected = ByteProduct.OneByOne(question, vector);
            ByteProduct.Of(question, vector).ShouldBe(expected);
            ByteProduct.With128Bits(question, vector).ShouldBe(expected);
            if (System.Runtime.Intrinsics.X86.Avx2.IsSupported)
                ByteProduct.With256Bits(question, vector).ShouldBe(expected);
            if (System.Runtime.Intrinsics.X86.Avx512BW.IsSupported)
                ByteProduct.With512Bits(question, vector).ShouldBe(expected);
        });

    [Fact]
    public void Encode_Extremes_StayInRange()
    {
        var multiples = new sbyte[4];
        VectorCode.Encode([-1, 1, 0, 0.5f], multiples).ShouldBe(1 / 127f);
        multiples.ShouldBe(new sbyte[] { -127, 127, 0, 64 });
        VectorCode.Encode([0, 0, 0, 0], multiples).ShouldBe(0);
        multiples.ShouldAllBe(multiple => multiple == 0);
    }

    private async Task BuildAsync()
    {
        var options = Options.Create(new StorageOptions { DataPath = _folder.Path });
        using var writer = new LuceneChunkIndexWriter(options, _analysis);
        await using (var build = await new LuceneGenerations(options, _analysis, writer).BuildAsync("acme", "m", Dimension, Cancellation))
        {
            for (var number = 0; number < Documents; number++)
                await build.ReplaceAsync(Document(number), Cancellation);
            await build.SwitchAsync(Cancellation);
        }
        for (var number = Documents - 5; number < Documents + 5; number++) // creates more segments and deleted chunks
            await writer.ReplaceAsync(Document(number), Cancellation);
    }

    private DirectoryReader Open()
    {
        var directory = FSDirectory.Open(Path.Combine(_folder.Path, "index", "acme", "1"));
        return DirectoryReader.Open(directory);
    }

    private static List<int> OpenIn(DirectoryReader reader, AllowedChunks allowed) =>
        [.. reader.Leaves.SelectMany(segment => Enumerable.Range(0, segment.AtomicReader.MaxDoc).Where(allowed.In(segment).Get).Select(chunk => segment.DocBase + chunk))];

    private static AccessFilter Filter(string group) => AccessFilter.For(new Principal("acme", "alice", [group], [], Region: null));

    private IndexedDocument Document(int number) => new(
        "acme", $"d{number}", "i1", 1, "a.txt", Words(3), new DocumentProperties("upload", "txt", "en", Date: null, Tags: []),
        number % 20 == 3 ? ["group:few", "group:all"] : ["group:all"], "m",
        [.. Enumerable.Range(0, ChunksPerDocument).Select(ordinal => new ChunkEntry(ordinal, Words(_random.Next(3, 20)), Words(1), Page: null, Vector()))]);

    /// <summary>Random words with the frequency distribution of natural text.</summary>
    private string Words(int count) => string.Join(' ', Enumerable.Range(0, count)
        .Select(_ => (int)Math.Pow(400, _random.NextDouble()))
        .Select(word => "x" + word.ToString(CultureInfo.InvariantCulture).Aggregate("", (letters, digit) => letters + "bcdfghjklm"[digit - '0'])));

    private float[] Vector() => [.. Enumerable.Range(0, Dimension).Select(_ => _random.NextSingle() - 0.5f)];
}
