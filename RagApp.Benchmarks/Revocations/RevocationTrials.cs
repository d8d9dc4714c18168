using System.Diagnostics;
using RagApp.Benchmarks.Texts;
using RagApp.Contracts.Identity;
using RagApp.Contracts.Search;
using RagApp.Storage.Access;
using RagApp.Storage.Index;

namespace RagApp.Benchmarks.Revocations;

/// <summary>
/// Revokes access to one document after another, by a new access list or by removal, while a long write of another document
/// is in progress. After each revocation is acknowledged, concurrent searches look for the document until it has not been
/// found for a while.
/// </summary>
/// <param name="trials">Number of trials for each kind of revocation and each number of readers.</param>
/// <param name="chunksOfLongWrite">Number of chunks of the document that is written during the trials.</param>
internal sealed class RevocationTrials(IndexUnderTest index, int trials, int chunksOfLongWrite)
{
    private const string Tenant = "trials";
    private const string Model = "random";
    private const string Word = "revoked";
    private const int Dimension = 64;
    private const int SearchesAtOnce = 4;

    private static readonly TimeSpan Watched = TimeSpan.FromMilliseconds(300);
    private static readonly AccessFilter Reader = AccessFilter.For(new Principal(Tenant, "reader", [], [], Region: null));

    private readonly RandomText _text = new(seed: 1);

    /// <returns>True when, in every trial, no search that began after the index had acknowledged the revocation found the document.</returns>
    public async Task<bool> RunAsync()
    {
        var big = Document("long", chunksOfLongWrite, _text.Passage);
        using var end = new CancellationTokenSource();
        var writing = Task.Run(() => WriteAsync(big, end.Token));
        var clean = true;
        foreach (var readers in Enumerable.Range(1, index.Readers.Count))
        {
            var searched = index.Readers.Take(readers).Select(reader => reader.Index).ToList();
            clean &= await RunAsync("access list", searched, id => index.Writer.ChangeAccessAsync(Tenant, [id], ["user:nobody"], CancellationToken.None));
            clean &= await RunAsync("removal", searched, id => index.Writer.RemoveAsync(Tenant, [id], CancellationToken.None));
        }
        await end.CancelAsync();
        Console.WriteLine(FormattableString.Invariant($"long writes of {chunksOfLongWrite} chunks meanwhile: {await writing}"));
        return clean;
    }

    private async Task<bool> RunAsync(string kind, List<IChunkIndex> readers, Func<string, Task> revoke)
    {
        var took = new List<TimeSpan>();
        var stale = new List<TimeSpan>();
        for (var trial = 0; trial < trials; trial++)
        {
            var id = $"{kind}-{readers.Count}-{trial}";
            await index.Writer.ReplaceAsync(Document(id, 3, () => $"{Word} {_text.Passage()}"), CancellationToken.None);
            foreach (var reader in readers)
            {
                while (!await FindsAsync(reader, id))
                    await Task.Yield(); // a granted right may become visible later than a revoked one
            }
            var began = Stopwatch.GetTimestamp();
            await revoke(id);
            took.Add(Stopwatch.GetElapsedTime(began));
            if (await WatchAsync(readers, id) is { } last)
                stale.Add(last);
        }
        took.Sort();
        Console.WriteLine(FormattableString.Invariant(
            $"{kind}, {readers.Count} reader(s), {trials} trials: found afterwards in {stale.Count}, last {stale.DefaultIfEmpty().Max().TotalMilliseconds:0} ms after the answer; the revocation took p50 {took[trials / 2].TotalMilliseconds:0} ms, most {took[^1].TotalMilliseconds:0} ms"));
        return stale.Count == 0;
    }

    /// <summary>
    /// Time between the acknowledgement and the start of the last search that still found the document; null when no search
    /// found it.
    /// </summary>
    private static async Task<TimeSpan?> WatchAsync(List<IChunkIndex> readers, string id)
    {
        var answered = Stopwatch.GetTimestamp();
        var found = await Task.WhenAll(readers.SelectMany(reader => Enumerable.Range(0, SearchesAtOnce).Select(_ => Task.Run(async () =>
        {
            TimeSpan? last = null;
            for (var began = Stopwatch.GetElapsedTime(answered); began - (last ?? TimeSpan.Zero) < Watched; began = Stopwatch.GetElapsedTime(answered))
            {
                if (await FindsAsync(reader, id))
                    last = began;
            }
            return last;
        }))));
        return found.Max();
    }

    private static async Task<bool> FindsAsync(IChunkIndex reader, string id)
    {
        var query = new ChunkQuery(Word, Vector: null, Model: null, Limit: 100) { Filters = new SearchFilters { Documents = [id] } };
        return (await reader.SearchAsync(query, Reader, CancellationToken.None)).Keyword.Count > 0;
    }

    /// <returns>Number of completed writes.</returns>
    private async Task<int> WriteAsync(IndexedDocument document, CancellationToken end)
    {
        var version = 0;
        while (!end.IsCancellationRequested)
            await index.Writer.ReplaceAsync(document with { Version = ++version }, CancellationToken.None);
        return version;
    }

    private IndexedDocument Document(string id, int chunks, Func<string> text) => new(
        Tenant, id, id, 1, $"{id}.txt", id, new DocumentProperties(DocumentProperties.Upload, "txt", "en", Date: null, Tags: []), ["public"], Model,
        [.. Enumerable.Range(0, chunks).Select(ordinal => new ChunkEntry(ordinal, text(), "", Page: null, _text.Vector(Dimension)))]);
}
