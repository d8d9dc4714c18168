using Lucene.Net.Search;
using Microsoft.Extensions.Options;
using RagApp.Contracts.Search;
using RagApp.Storage;
using RagApp.Storage.Index;
using RagApp.Storage.Lucene;
using RagApp.Tests.TestServices;
using RagApp.Text.Analysis;

namespace RagApp.Tests.Storage;

/// <summary>The embedded index in a process that only reads, while another process writes.</summary>
public sealed class TenantReaderTests : IDisposable
{
    private const int Searches = 16;

    private readonly TemporaryFolder _folder = new();
    private readonly StorageOptions _options;
    private readonly LuceneChunkIndexWriter _writer;

    public TenantReaderTests()
    {
        _options = new StorageOptions { DataPath = _folder.Path };
        _writer = new LuceneChunkIndexWriter(Options.Create(_options), new TextAnalysis());
    }

    public void Dispose()
    {
        _writer.Dispose();
        _folder.Dispose();
    }

    [Fact]
    public async Task TryRefresh_ManySearchesAfterACommit_AllShowItByOneRefresh()
    {
        await WriteAsync(version: 1);
        using var reader = new TenantReader(_options, "acme");
        for (var version = 2; version <= 20; version++)
        {
            var before = Show(reader);
            await WriteAsync(version);

            var shown = await Task.WhenAll(Enumerable.Range(0, Searches).Select(_ => Task.Run(() => Show(reader))));

            shown.Distinct().ShouldHaveSingleItem().ShouldNotBe(before);
            shown[0].IndexReader.NumDocs.ShouldBe(version);
        }
    }

    [Fact]
    public async Task TryRefresh_NoCommit_KeepsWhatIsThere()
    {
        await WriteAsync(version: 1);
        using var reader = new TenantReader(_options, "acme");
        Show(reader).ShouldBeSameAs(Show(reader));
    }

    [Fact]
    public async Task TryRefresh_AnotherGenerationAnswersOrTheFolderIsGone_IsFalse()
    {
        await WriteAsync(version: 1);
        using var reader = new TenantReader(_options, "acme");
        var current = _options.CurrentOf("acme").ShouldNotBeNull();
        _options.SetCurrent("acme", current with { Id = "2" });
        reader.TryRefresh().ShouldBeFalse();
        _options.SetCurrent("acme", current);
        reader.TryRefresh().ShouldBeTrue();

        _writer.Dispose();
        Directory.Delete(Path.Combine(_folder.Path, "index", "acme", current.Id), recursive: true);
        reader.TryRefresh().ShouldBeFalse();
    }

    private static IndexSearcher Show(TenantReader reader)
    {
        reader.TryRefresh().ShouldBeTrue();
        var searcher = reader.Acquire();
        reader.Release(searcher);
        return searcher;
    }

    /// <summary>Writes a version of the document; each version has one more chunk.</summary>
    private Task WriteAsync(int version) => _writer.ReplaceAsync(
        new IndexedDocument(
            "acme", "d1", "i1", version, "a.txt", "Title", new DocumentProperties(DocumentProperties.Upload, "txt", "en", Date: null, Tags: []), ["public"], "m",
            [.. Enumerable.Range(0, version).Select(i => new ChunkEntry(i, $"apple {i}", "", Page: null, new float[] { 1, i }))]),
        Cancellation);
}
