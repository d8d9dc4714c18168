using System.Buffers.Binary;
using System.Text;
using Microsoft.Extensions.Options;
using RagApp.Storage;
using RagApp.Storage.Index;
using RagApp.Storage.Lucene;
using RagApp.Storage.Lucene.Generations;
using RagApp.Tests.Conformance;
using RagApp.Tests.TestServices;
using RagApp.Text.Analysis;

namespace RagApp.Tests.Storage;

[Covers(typeof(LuceneChunkIndex))]
[Covers(typeof(LuceneChunkIndexWriter))]
[Covers(typeof(LuceneGenerations))]
[Covers(typeof(LuceneSnapshots))]
public sealed class LuceneChunkIndexTests : ChunkIndexConformance, IDisposable
{
    private readonly TemporaryFolder _folder = new();
    private readonly List<LuceneChunkIndex> _others = [];
    private LuceneChunkIndexWriter _writer;
    private LuceneChunkIndex _index;
    private LuceneGenerations _generations;

    public LuceneChunkIndexTests()
    {
        (_writer, _index) = Open();
        _generations = GenerationsOf(_writer);
    }

    protected override IChunkIndexWriter Writer => _writer;

    protected override IChunkIndex Index => _index;

    protected override IIndexGenerations Generations => _generations;

    protected override IIndexSnapshots Snapshots => new LuceneSnapshots(Options.Create(new StorageOptions { DataPath = _folder.Path }), _writer, _generations, new TextAnalysis());

    public void Dispose()
    {
        Close();
        _folder.Dispose();
    }

    [Fact]
    public async Task SearchAsync_RebuiltInTheSameFolder_ShowsTheNewIndexOnly()
    {
        await Writer.ReplaceAsync(Document("old", "apple"), Cancellation);
        (await KeywordAsync("apple")).ShouldBe(["old"]);

        _writer.Dispose();
        Directory.Delete(Path.Combine(_folder.Path, "index"), recursive: true);
        PassOneSecond();
        (await KeywordAsync("apple")).ShouldBeEmpty();
        (_writer, var other) = Open();
        other.Dispose();
        await Writer.ReplaceAsync(Document("new", "apple"), Cancellation);
        PassOneSecond();
        (await KeywordAsync("apple")).ShouldBe(["new"]);
    }

    [Fact]
    public async Task SearchAsync_RebuiltBetweenTwoSearches_ShowsTheNewIndexOnly()
    {
        await Writer.ReplaceAsync(Document("old", "apple"), Cancellation);
        (await KeywordAsync("apple")).ShouldBe(["old"]);

        _writer.Dispose();
        Directory.Delete(Path.Combine(_folder.Path, "index"), recursive: true);
        (_writer, var other) = Open();
        other.Dispose();
        await Writer.ReplaceAsync(Document("new", "pear"), Cancellation);
        PassOneSecond();
        (await KeywordAsync("apple")).ShouldBeEmpty();
        (await KeywordAsync("pear")).ShouldBe(["new"]);
    }

    [Fact]
    public async Task ReplaceAsync_MoreTenantsThanMayBeOpen_KeepsThemAll()
    {
        var tenants = Enumerable.Range(0, 9).Select(i => $"tenant {i}").ToList();
        foreach (var round in new[] { 1, 2 })
        {
            await Parallel.ForEachAsync(tenants, Cancellation, async (tenant, token) =>
                await Writer.ReplaceAsync(Document($"d{round}", "apple") with { Tenant = tenant }, token));
        }
        PassOneSecond();

        foreach (var tenant in tenants)
        {
            var found = await Index.SearchAsync(new ChunkQuery("apple", Vector: null, Model: null, 10), Filter(tenant, "alice"), Cancellation);
            found.Keyword.Count.ShouldBe(2, tenant);
        }
    }

    [Fact]
    public async Task ReplaceAsync_AnotherWriterHoldsTheIndex_SaysSo()
    {
        await Writer.ReplaceAsync(Document("d1", "apple"), Cancellation);
        var (second, reader) = Open();
        using (second)
        using (reader)
        {
            var exception = await Should.ThrowAsync<IOException>(second.ReplaceAsync(Document("d2", "apple"), Cancellation));
            exception.Message.ShouldContain("another process");
        }
        (await KeywordAsync("apple")).ShouldBe(["d1"]);
    }

    [Fact]
    public async Task ReplaceAsync_ManyReplacements_KeepTheIndexSmall()
    {
        for (var version = 1; version <= 200; version++)
            await Writer.ReplaceAsync(Document("d1", [.. Enumerable.Range(0, 50).Select(i => ($"apple {i}", Vector(1, i)))]) with { Version = version }, Cancellation);

        // 10,000 chunks were written and 50 remain; segment merges discard most of the rest.
        var bytes = new DirectoryInfo(_folder.Path).EnumerateFiles("*", SearchOption.AllDirectories).Sum(file => file.Length);
        bytes.ShouldBeLessThan(1_000_000);
    }

    [Fact]
    public async Task FindCurrentAsync_IndexFromBeforeGenerations_IsNoneAndABuildRemovesIt()
    {
        await Writer.ReplaceAsync(Document("d1", "apple"), Cancellation);
        _writer.Dispose();
        var folder = Path.Combine(_folder.Path, "index", "acme");
        foreach (var file in Directory.GetFiles(Path.Combine(folder, "1")))
            File.Move(file, Path.Combine(folder, Path.GetFileName(file)));
        Directory.Delete(Path.Combine(folder, "1"));
        File.Delete(Path.Combine(folder, "current.json"));
        await ReopenAsync();

        (await Generations.FindCurrentAsync("acme", Cancellation)).ShouldBeNull();
        (await KeywordAsync("apple")).ShouldBeEmpty();
        await using (var build = await Generations.BuildAsync("acme", "test-model", 2, Cancellation))
        {
            await build.ReplaceAsync(Document("d3", "apple"), Cancellation);
            await build.SwitchAsync(Cancellation);
        }
        PassOneSecond();
        (await KeywordAsync("apple")).ShouldBe(["d3"]);
        Directory.GetFileSystemEntries(folder).Select(Path.GetFileName).ShouldBe(["1", "current.json"], ignoreOrder: true);
    }

    [Fact]
    public async Task SearchAsync_IndexOfAnEarlierFormat_SaysSoAndABuildReplacesIt()
    {
        await Writer.ReplaceAsync(Document("d1", "apple"), Cancellation);
        _writer.Dispose();
        RenameFormat(Path.Combine(_folder.Path, "index", "acme", "1"), "RagAppChunks3", "RagAppChunks2");
        await ReopenAsync();

        foreach (var use in new Func<Task>[] { () => KeywordAsync("apple"), () => Writer.ReplaceAsync(Document("d2", "apple"), Cancellation) })
            (await Should.ThrowAsync<InvalidDataException>(use)).Message.ShouldContain("rebuild-index");
        await using var build = await Generations.BuildAsync("acme", "test-model", 2, Cancellation);
        await build.ReplaceAsync(Document("d2", "apple"), Cancellation);
        await build.SwitchAsync(Cancellation);
        PassOneSecond();
        (await KeywordAsync("apple")).ShouldBe(["d2"]);
    }

    [Fact]
    public async Task RestoreAsync_RecordDamagedOrGone_IsRefusedAndLeavesNothing()
    {
        using var copy = new TemporaryFolder();
        await Writer.ReplaceAsync(Document("d1", "apple"), Cancellation);
        await Snapshots.CreateAsync(copy.Path, Cancellation);
        await Should.ThrowAsync<IOException>(() => Snapshots.CreateAsync(copy.Path, Cancellation)); // the folder is not empty
        var record = Path.Combine(copy.Path, "snapshot.json");
        var text = await File.ReadAllTextAsync(record, Cancellation);

        await RefuseAsync(copy.Path, () => File.WriteAllText(record, text.Replace("acme", "acne", StringComparison.Ordinal)));
        await RefuseAsync(copy.Path, () => File.WriteAllText(record, text[..^5]));
        await RefuseAsync(copy.Path, () => File.Delete(record));
        (await Generations.ListTenantsAsync(Cancellation).ToListAsync(Cancellation)).ShouldBe(["acme"]);
        Directory.GetFileSystemEntries(Path.Combine(_folder.Path, "index", "acme")).Select(Path.GetFileName).ShouldBe(["1", "current.json"], ignoreOrder: true);
    }

    [Fact]
    public async Task RestoreAsync_TenantThatCameLater_HasNoIndexAnyMore()
    {
        using var copy = new TemporaryFolder();
        await Writer.ReplaceAsync(Document("d1", "apple"), Cancellation);
        await Snapshots.CreateAsync(copy.Path, Cancellation);
        await Writer.ReplaceAsync(Document("d1", "apple") with { Tenant = "globex" }, Cancellation);
        (await Index.CountAsync(narrowing: null, Filter("globex", "eve"), Cancellation)).ShouldBe(1);

        await RestoreAsync(copy.Path);
        PassOneSecond();
        (await Index.CountAsync(narrowing: null, Filter("globex", "eve"), Cancellation)).ShouldBe(0);
        (await KeywordAsync("apple")).ShouldBe(["d1"]);
        await Writer.ReplaceAsync(Document("d2", "apple") with { Tenant = "globex" }, Cancellation);
        PassOneSecond();
        (await Index.CountAsync(narrowing: null, Filter("globex", "eve"), Cancellation)).ShouldBe(1);
    }

    [Fact]
    public async Task ChangeAccessAsync_Segments_KeepTheirTextAndVectorFiles()
    {
        await Writer.ReplaceAsync(Document("d1", [.. Enumerable.Range(0, 50).Select(i => ($"apple {i}", Vector(1, i)))]), Cancellation);
        var before = Files();
        await Writer.ChangeAccessAsync("acme", ["d1"], ["user:bob"], Cancellation);
        await Writer.ChangeAccessAsync("acme", ["d1"], ["user:bob", "user:carol"], Cancellation);

        var after = Files();
        var kept = before.Where(file => after.GetValueOrDefault(file.Key) == file.Value).Select(file => file.Key).ToList();
        before.Keys.Except(kept).ShouldAllBe(name => name.StartsWith("segments", StringComparison.Ordinal));
        kept.ShouldContain(name => name.EndsWith(".cfs", StringComparison.Ordinal)); // compound file with terms, stored chunks and vectors
        after.Keys.Except(before.Keys).Where(name => !name.StartsWith("segments", StringComparison.Ordinal)).Sum(name => after[name].Length).ShouldBeLessThan(5000);
    }

    [Fact]
    public async Task FindCurrentAsync_RecordIsDamaged_SaysSoAndABuildMendsIt()
    {
        await Writer.ReplaceAsync(Document("d1", "apple"), Cancellation);
        await File.WriteAllTextAsync(Path.Combine(_folder.Path, "index", "acme", "current.json"), "{", Cancellation);

        (await Should.ThrowAsync<InvalidDataException>(() => Generations.FindCurrentAsync("acme", Cancellation))).Message.ShouldContain("rebuild-index");
        await using var build = await Generations.BuildAsync("acme", "test-model", 2, Cancellation);
        await build.ReplaceAsync(Document("d2", "apple"), Cancellation);
        await build.SwitchAsync(Cancellation);
        PassOneSecond();
        (await KeywordAsync("apple")).ShouldBe(["d2"]);
    }

    /// <summary>Does nothing: the embedded index shows a commit at once.</summary>
    protected override void PassOneSecond()
    {
    }

    protected override IChunkIndex OpenAnotherIndex()
    {
        var (writer, index) = Open();
        writer.Dispose();
        _others.Add(index);
        return index;
    }

    protected override Task ReopenAsync()
    {
        Close();
        (_writer, _index) = Open();
        _generations = GenerationsOf(_writer);
        return Task.CompletedTask;
    }

    private (LuceneChunkIndexWriter Writer, LuceneChunkIndex Index) Open()
    {
        var options = Options.Create(new StorageOptions { DataPath = _folder.Path, OpenIndexes = 3 });
        var analysis = new TextAnalysis();
        return (new LuceneChunkIndexWriter(options, analysis), new LuceneChunkIndex(options, analysis));
    }

    private LuceneGenerations GenerationsOf(LuceneChunkIndexWriter writer) =>
        new(Options.Create(new StorageOptions { DataPath = _folder.Path }), new TextAnalysis(), writer);

    /// <summary>Name, length and time of every file of the index.</summary>
    private Dictionary<string, (long Length, DateTime Written)> Files() =>
        new DirectoryInfo(Path.Combine(_folder.Path, "index", "acme", "1")).EnumerateFiles()
            .ToDictionary(file => file.Name, file => (file.Length, file.LastWriteTimeUtc), StringComparer.Ordinal);

    /// <summary>Replaces the name of a format in the commit file and corrects the checksum.</summary>
    private static void RenameFormat(string folder, string name, string other)
    {
        var path = Directory.GetFiles(folder, "segments_*").Single();
        var bytes = File.ReadAllBytes(path);
        var start = bytes.AsSpan().IndexOf(Encoding.UTF8.GetBytes(name));
        Encoding.UTF8.GetBytes(other).CopyTo(bytes, start);
        BinaryPrimitives.WriteInt64BigEndian(bytes.AsSpan(bytes.Length - 8), Crc32Of(bytes.AsSpan(0, bytes.Length - 8)));
        File.WriteAllBytes(path, bytes);
    }

    private static long Crc32Of(ReadOnlySpan<byte> bytes)
    {
        var crc = uint.MaxValue;
        foreach (var value in bytes)
        {
            crc ^= value;
            for (var bit = 0; bit < 8; bit++)
                crc = (crc & 1) == 0 ? crc >> 1 : (crc >> 1) ^ 0xEDB88320;
        }
        return ~crc;
    }

    private void Close()
    {
        _writer.Dispose();
        _index.Dispose();
        _others.ForEach(index => index.Dispose());
    }
}
