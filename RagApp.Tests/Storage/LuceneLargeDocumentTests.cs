using System.Collections;
using Lucene.Net.Documents;
using Lucene.Net.Index;
using Lucene.Net.Store;
using Microsoft.Extensions.Options;
using RagApp.Contracts.Identity;
using RagApp.Contracts.Search;
using RagApp.Storage;
using RagApp.Storage.Access;
using RagApp.Storage.Index;
using RagApp.Storage.Lucene;
using RagApp.Storage.Lucene.Writing;
using RagApp.Tests.TestServices;
using RagApp.Text.Analysis;
using Directory = System.IO.Directory;

namespace RagApp.Tests.Storage;

/// <summary>Documents with many chunks, and long access lists, in the embedded index.</summary>
public sealed class LuceneLargeDocumentTests : IDisposable
{
    private const int Many = 250;

    private static readonly DateTimeOffset NewYear = new(2026, 1, 1, 0, 0, 0, TimeSpan.Zero);

    private readonly TemporaryFolder _folder = new();
    private readonly TextAnalysis _analysis = new();
    private readonly LuceneChunkIndexWriter _writer;
    private readonly LuceneChunkIndex _index;

    public LuceneLargeDocumentTests()
    {
        var options = Options.Create(new StorageOptions { DataPath = _folder.Path });
        (_writer, _index) = (new LuceneChunkIndexWriter(options, _analysis), new LuceneChunkIndex(options, _analysis));
    }

    private string IndexFolder => Path.Combine(_folder.Path, "index", "acme", "1");

    public void Dispose()
    {
        _writer.Dispose();
        _index.Dispose();
        _folder.Dispose();
    }

    [Fact]
    public async Task ReplaceAsync_LargeAndSmallVersionsWithChangesBetween_AreEachWhole()
    {
        await _writer.ReplaceAsync(Document("other", 1, chunks: 3), Cancellation);
        foreach (var (version, chunks) in new[] { (1, Many), (2, 2), (3, Many + 1), (4, Many), (5, 0), (6, Many) })
        {
            await _writer.ReplaceAsync(Document("d1", version, chunks), Cancellation);
            (await CountAsync("alice", "d1")).ShouldBe(chunks);
            await _writer.ChangeAccessAsync("acme", ["d1"], ["user:bob"], Cancellation);
            (await CountAsync("alice", "d1"), await CountAsync("bob", "d1"), await CountAsync("alice", "other")).ShouldBe((0, chunks, 3));
        }
        var indexed = (await _writer.ScanAsync("acme", "d1", Cancellation).ToListAsync(Cancellation)).ShouldHaveSingleItem();
        indexed.ShouldBe(new IndexedVersion("d1", "i1", 6, Many, IndexedVersion.FingerprintOf(["user:bob"]), "m"));
        await _writer.RemoveAsync("acme", ["d1"], Cancellation);
        (await CountAsync("bob", "d1")).ShouldBe(0);
        ShouldBeSound();
    }

    /// <summary>
    /// The segment of a large document is added to the index without being rewritten. Its field numbers must equal the index's,
    /// otherwise a later access change corrupts it.
    /// </summary>
    [Fact]
    public async Task ChangeAccessAsync_LargeDocumentWithPropertiesThatNoneHadBefore_KeepsAllOfThem()
    {
        await _writer.ReplaceAsync(Document("plain", 1, chunks: 1), Cancellation);
        var properties = new DocumentProperties("mail", "eml", "de", NewYear, ["budget", "urgent"]);
        await _writer.ReplaceAsync(Document("rich", 1, Many) with { Properties = properties }, Cancellation);

        foreach (var id in new[] { "plain", "rich" })
            await _writer.ChangeAccessAsync("acme", [id], ["user:bob"], Cancellation);

        var filters = new SearchFilters { Tags = ["urgent"], Types = ["eml"], Languages = ["de"], From = NewYear, Before = NewYear.AddDays(1) };
        var found = await _index.SearchAsync(new ChunkQuery("apple", new float[] { 1, 0 }, "m", 1000) { Filters = filters }, Filter("bob"), Cancellation);
        found.Keyword.Count.ShouldBe(Many);
        found.Semantic.Count.ShouldBe(Many);
        found.Keyword[0].Chunk.Properties.Tags.ShouldBe(properties.Tags);
        ShouldBeSound();
    }

    [Fact]
    public async Task ReplaceAsync_InTheMiddleOfALargeDocument_LetsOthersBeRevoked()
    {
        await _writer.ReplaceAsync(Document("d1", 1, chunks: 2), Cancellation);
        await _writer.ReplaceAsync(Document("d2", 1, Many), Cancellation);
        _writer.Close("acme");
        using var writer = new TenantWriter(IndexFolder);
        using var chunks = new HeldChunks(ChunkDocument.CreateAll(Document("long", 1, Many), _analysis, Cancellation));
        var writing = Task.Run(() => writer.ReplaceAsync("long", chunks, Cancellation), Cancellation);
        await chunks.Reached.WaitAsync(Cancellation);

        await writer.ChangeAccessAsync(["d1"], ["user:bob"], Cancellation);
        await writer.RemoveAsync(["d2"], Cancellation);

        (await CountAsync("alice", "d1"), await CountAsync("alice", "d2"), await CountAsync("alice", "long")).ShouldBe((0, 0, 0));
        writing.IsCompleted.ShouldBeFalse();
        chunks.LetGo();
        await writing;
        (await CountAsync("bob", "d1"), await CountAsync("alice", "long")).ShouldBe((2, Many));
    }

    [Fact]
    public async Task ReplaceAsync_LargeDocument_LeavesNothingBesideTheIndexNorDoesACrash()
    {
        await _writer.ReplaceAsync(Document("d1", 1, Many), Cancellation);
        Directory.EnumerateFileSystemEntries(Path.Combine(IndexFolder, "incoming")).ShouldBeEmpty();

        _writer.Close("acme");
        var left = Directory.CreateDirectory(Path.Combine(IndexFolder, "incoming", "half"));
        await File.WriteAllTextAsync(Path.Combine(left.FullName, "_0.fdt"), "half", Cancellation);
        await _writer.ReplaceAsync(Document("d2", 1, chunks: 1), Cancellation);
        Directory.Exists(left.FullName).ShouldBeFalse();
    }

    [Fact]
    public async Task ChangeAccessAsync_LongestList_IsStoredOnceForTheDocument()
    {
        string[] access = [.. Enumerable.Range(0, 100).Select(number => $"user:{number:D3}{new string('x', 248)}")];
        await _writer.ReplaceAsync(Document("d1", 1, Many), Cancellation);
        var before = FilesOf(IndexFolder);

        for (var round = 0; round < 20; round++)
            await _writer.ChangeAccessAsync("acme", ["d1"], [.. access, $"user:{round}"], Cancellation);

        var added = FilesOf(IndexFolder).Where(file => !before.ContainsKey(file.Key)).Sum(file => file.Value);
        added.ShouldBeInRange(access.Sum(entry => entry.Length), 3 * access.Sum(entry => entry.Length));
        (await CountAsync("19", "d1"), await CountAsync("18", "d1"), await CountAsync(access[7]["user:".Length..], "d1")).ShouldBe((Many, 0, Many));
    }

    private static Dictionary<string, long> FilesOf(string folder) =>
        new DirectoryInfo(folder).EnumerateFiles().ToDictionary(file => file.Name, file => file.Length, StringComparer.Ordinal);

    private static AccessFilter Filter(string subject) => AccessFilter.For(new Principal("acme", subject, [], [], Region: null));

    private static IndexedDocument Document(string id, int version, int chunks) => new(
        "acme", id, "i1", version, $"{id}.txt", "Title", new DocumentProperties(DocumentProperties.Upload, "txt", "en", Date: null, Tags: []), ["user:alice"], "m",
        [.. Enumerable.Range(0, chunks).Select(ordinal => new ChunkEntry(ordinal, $"apple {version} {ordinal}", "", Page: null, new float[] { 1, ordinal }))]);

    private Task<long> CountAsync(string subject, string id) => _index.CountAsync(new SearchFilters { Documents = [id] }, Filter(subject), Cancellation);

    private void ShouldBeSound()
    {
        _writer.Close("acme");
        using var directory = FSDirectory.Open(IndexFolder);
        new CheckIndex(directory).DoCheckIndex().Clean.ShouldBeTrue();
    }

    /// <summary>A list of chunks that pauses half way until the test releases it.</summary>
    private sealed class HeldChunks(List<Document> chunks) : IReadOnlyCollection<Document>, IDisposable
    {
        private readonly TaskCompletionSource _reached = new(TaskCreationOptions.RunContinuationsAsynchronously);
        private readonly ManualResetEventSlim _go = new();

        public Task Reached => _reached.Task;

        public int Count => chunks.Count;

        public void LetGo() => _go.Set();

        public IEnumerator<Document> GetEnumerator()
        {
            foreach (var (number, chunk) in chunks.Index())
            {
                if (number == chunks.Count / 2)
                {
                    _reached.SetResult();
                    _go.Wait(Cancellation);
                }
                yield return chunk;
            }
        }

        IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();

        public void Dispose() => _go.Dispose();
    }
}
