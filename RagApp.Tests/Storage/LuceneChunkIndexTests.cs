using Microsoft.Extensions.Options;
using Microsoft.Extensions.Time.Testing;
using RagApp.Storage;
using RagApp.Storage.Analysis;
using RagApp.Storage.Index;
using RagApp.Storage.Lucene;
using RagApp.Tests.Conformance;
using RagApp.Tests.TestServices;
using Shouldly;
using Xunit;

namespace RagApp.Tests.Storage;

[Covers(typeof(LuceneChunkIndex))]
[Covers(typeof(LuceneChunkIndexWriter))]
public sealed class LuceneChunkIndexTests : ChunkIndexConformance, IDisposable
{
    private readonly TemporaryFolder _folder = new();
    private readonly FakeTimeProvider _time = new();
    private LuceneChunkIndexWriter _writer;
    private LuceneChunkIndex _index;

    public LuceneChunkIndexTests() => (_writer, _index) = Open();

    protected override IChunkIndexWriter Writer => _writer;

    protected override IChunkIndex Index => _index;

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

        // 10,000 chunks were written and 50 are left; merging throws most of the rest away.
        var bytes = new DirectoryInfo(_folder.Path).EnumerateFiles("*", SearchOption.AllDirectories).Sum(file => file.Length);
        bytes.ShouldBeLessThan(1_000_000);
    }

    protected override void PassOneSecond() => _time.Advance(TimeSpan.FromSeconds(1));

    protected override Task ReopenAsync()
    {
        Close();
        (_writer, _index) = Open();
        return Task.CompletedTask;
    }

    private (LuceneChunkIndexWriter Writer, LuceneChunkIndex Index) Open()
    {
        var options = Options.Create(new StorageOptions { DataPath = _folder.Path, OpenIndexes = 3 });
        var analysis = new TextAnalysis();
        return (new LuceneChunkIndexWriter(options, analysis), new LuceneChunkIndex(options, analysis, _time));
    }

    private void Close()
    {
        _writer.Dispose();
        _index.Dispose();
    }
}
