using System.Globalization;
using RagApp.Benchmarks.Texts;
using RagApp.Contracts.Identity;
using RagApp.Contracts.Search;
using RagApp.Storage.Access;
using RagApp.Storage.Index;

namespace RagApp.Benchmarks.Revocations;

/// <summary>
/// A load of writers, each with its own documents, and of readers of every kind with several principals. A chunk in a search
/// result must have been readable by that principal at some time after the search began.
/// </summary>
internal sealed class RevocationLoad(IndexUnderTest index, int documentsPerWriter, RevocationTally tally, TimeProvider time)
{
    public const string AccessChanges = "access lists changed";
    public const string Searches = "searches";

    private const string Tenant = "acme";
    private const string Model = "random";
    private const int Dimension = 64;
    private const int Writers = 4;
    private const int Groups = 6;

    private static readonly TimeSpan PauseAfterError = TimeSpan.FromMilliseconds(200);

    private readonly Dictionary<string, DocumentStates> _documents = Enumerable.Range(0, Writers * documentsPerWriter)
        .ToDictionary(number => string.Create(CultureInfo.InvariantCulture, $"doc{number:D4}"), _ => new DocumentStates(time), StringComparer.Ordinal);

    /// <summary>Writes every document once.</summary>
    public Task FillAsync() => Task.WhenAll(_documents.Keys.Chunk(documentsPerWriter).Select((documents, writer) => Task.Run(async () =>
    {
        var random = new Random(writer);
        foreach (var document in documents)
            await ReplaceAsync("first versions written", document, new RandomText(random.Next()), random);
    })));

    public Task RunAsync(CancellationToken end) => Task.WhenAll(
    [
        .. _documents.Keys.Chunk(documentsPerWriter).Select((documents, writer) => Task.Run(() => WriteAsync(documents, writer, end), CancellationToken.None)),
        .. index.Readers.SelectMany(reader => Enumerable.Range(0, Groups).Select(number => Task.Run(() => ReadAsync(reader, number, end), CancellationToken.None))),
        Task.Run(() => ReportAsync(end), CancellationToken.None),
    ]);

    /// <summary>
    /// Compares the documents that every reader finds with the acknowledged writes. A reader at a single address that does not
    /// answer in time is skipped, since its node may be down.
    /// </summary>
    /// <param name="gracePeriod">Time that a node which has just restarted may take to answer.</param>
    public async Task CompareAsync(TimeSpan gracePeriod)
    {
        foreach (var (number, reader) in index.Readers.Index())
        {
            if (await ScanAsync(reader, gracePeriod) is { } found)
                Compare(found, reader.How);
            else if (number == 0)
                tally.Lost("all that was written, as far as can be told: nothing answers");
            else
                tally.PassedOver(reader.How);
        }
    }

    private void Compare(Dictionary<string, List<IndexedVersion>> found, string how)
    {
        foreach (var (document, states) in _documents)
        {
            var there = found.GetValueOrDefault(document) ?? [];
            if (!states.Possible.Any(state => IsIn(state, there)))
                tally.Lost($"{how}: {document} should be at version {states.Wanted.Version} and is {string.Join(" and ", there.Select(version => $"{version.Version} with {version.Chunks} chunks"))}");
        }
    }

    private async Task WriteAsync(string[] documents, int seed, CancellationToken end)
    {
        var random = new Random(1_000 + seed);
        var text = new RandomText(seed);
        while (!end.IsCancellationRequested)
        {
            var document = documents[random.Next(documents.Length)];
            var kind = random.NextDouble();
            if (_documents[document].Possible is not [{ Version: > 0 }] || kind < 0.4)
                await ReplaceAsync("versions written", document, text, random);
            else if (kind < 0.9)
                await ChangeAccessAsync(document, random);
            else
                await RemoveAsync(document);
        }
    }

    private Task ReplaceAsync(string kind, string document, RandomText text, Random random)
    {
        var chunks = Enumerable.Range(0, random.Next(1, 6)).Select(ordinal => new ChunkEntry(ordinal, text.Passage(), "", Page: null, text.Vector(Dimension))).ToList();
        var (version, access) = (_documents[document].HighestVersion + 1, Access(random));
        var properties = new DocumentProperties(DocumentProperties.Upload, "txt", "en", Date: null, Tags: []);
        var written = new IndexedDocument(Tenant, document, document, version, $"{document}.txt", document, properties, access, Model, chunks);
        return CarryOutAsync(kind, document, _documents[document].Begin(version, chunks.Count, access), () => index.Writer.ReplaceAsync(written, CancellationToken.None));
    }

    private Task ChangeAccessAsync(string document, Random random)
    {
        var (now, access) = (_documents[document].Wanted, Access(random));
        return CarryOutAsync(AccessChanges, document, _documents[document].Begin(now.Version, now.Chunks, access),
            () => index.Writer.ChangeAccessAsync(Tenant, [document], access, CancellationToken.None));
    }

    private Task RemoveAsync(string document) => CarryOutAsync("documents removed", document, _documents[document].Begin(version: 0, chunks: 0, access: []),
        () => index.Writer.RemoveAsync(Tenant, [document], CancellationToken.None));

    private async Task CarryOutAsync(string kind, string document, DocumentStates.State state, Func<Task> write)
    {
        var began = time.GetTimestamp();
        try
        {
            await write();
            _documents[document].Acknowledge(state);
            tally.Done(kind, time.GetElapsedTime(began));
        }
        catch (Exception exception) // every exception is reported, whatever its type
        {
            tally.Failed(kind, time.GetElapsedTime(began), exception);
            await Task.Delay(PauseAfterError, time);
        }
    }

    private async Task ReadAsync(IndexUnderTest.Reader reader, int group, CancellationToken end)
    {
        var kind = $"{Searches} {reader.How}";
        var filter = AccessFilter.For(new Principal(Tenant, $"reader{group}", [GroupName(group)], [], Region: null));
        var text = new RandomText(seed: 100 + group);
        while (!end.IsCancellationRequested)
        {
            var began = time.GetTimestamp();
            try
            {
                var found = await reader.Index.SearchAsync(new ChunkQuery(RandomText.Question, text.Vector(Dimension), Model, Limit: 100), filter, CancellationToken.None);
                tally.Done(kind, time.GetElapsedTime(began));
                foreach (var chunk in found.Keyword.Concat(found.Semantic).Select(scored => scored.Chunk).Distinct())
                {
                    if (!_documents[chunk.DocumentId].MayShow(chunk.Version, filter, began))
                        tally.Seen($"by {GroupName(group)}: {chunk.DocumentId} version {chunk.Version} chunk {chunk.Ordinal}");
                }
            }
            catch (Exception exception) // every exception is reported, whatever its type
            {
                tally.Failed(kind, time.GetElapsedTime(began), exception);
                await Task.Delay(PauseAfterError, time, CancellationToken.None);
            }
        }
    }

    private async Task ReportAsync(CancellationToken end)
    {
        using var timer = new PeriodicTimer(TimeSpan.FromSeconds(10), time);
        try
        {
            while (await timer.WaitForNextTickAsync(end))
                tally.PrintProgress();
        }
        catch (OperationCanceledException)
        {
            // The load has ended.
        }
    }

    /// <summary>Scans the index; null when the reader does not answer in time.</summary>
    private async Task<Dictionary<string, List<IndexedVersion>>?> ScanAsync(IndexUnderTest.Reader reader, TimeSpan gracePeriod)
    {
        var first = time.GetTimestamp();
        while (true)
        {
            var began = time.GetTimestamp();
            try
            {
                return (await reader.Scan.ScanAsync(Tenant, documentId: null, CancellationToken.None).ToListAsync())
                    .GroupBy(version => version.DocumentId, StringComparer.Ordinal).ToDictionary(versions => versions.Key, versions => versions.ToList(), StringComparer.Ordinal);
            }
            catch (Exception exception) // every exception is reported, whatever its type
            {
                tally.Failed($"scans {reader.How}", time.GetElapsedTime(began), exception);
            }
            if (time.GetElapsedTime(first) >= gracePeriod)
                return null;
            await Task.Delay(PauseAfterError, time);
        }
    }

    private static bool IsIn(DocumentStates.State state, List<IndexedVersion> found) => state.Version == 0
        ? found.Count == 0
        : found is [var only] && only.Version == state.Version && only.Chunks == state.Chunks && only.AccessFingerprint == IndexedVersion.FingerprintOf(state.Access);

    /// <summary>A random access list of up to three groups; sometimes empty, so that nobody may read.</summary>
    private static string[] Access(Random random) => [.. Enumerable.Range(0, random.Next(4)).Select(_ => $"group:{GroupName(random.Next(Groups))}").Distinct()];

    private static string GroupName(int number) => string.Create(CultureInfo.InvariantCulture, $"g{number}");
}
