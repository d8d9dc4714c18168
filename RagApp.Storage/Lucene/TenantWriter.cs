using System.Globalization;
using Lucene.Net.Analysis.Core;
using Lucene.Net.Documents;
using Lucene.Net.Index;
using Lucene.Net.Store;
using Lucene.Net.Util;
using RagApp.Storage.Blobs;
using RagApp.Storage.FileSystem;

namespace RagApp.Storage.Lucene;

/// <summary>
/// Writes one tenant's index. Changes made at the same time share commits: while one commit is on its way to the
/// disk the next changes gather, and the first of them to get the turn commits them all.
/// </summary>
internal sealed class TenantWriter : IDisposable
{
    /// <summary>Names the index in every commit, so that a reader can tell one that was built anew in the same folder.</summary>
    public const string IdKey = "id";

    /// <summary>Memory for changes not yet written, per open tenant, in MiB.</summary>
    private const double BufferMegabytes = 16;

    /// <summary>For the moment that the same tenant, just closed here, still holds its lock.</summary>
    private const int LockTimeoutMilliseconds = 5000;

    private readonly string _folder;
    private readonly FSDirectory _directory;
    private readonly IndexWriter _writer;
    private readonly SnapshotDeletionPolicy _commits = new(new KeepOnlyLastCommitDeletionPolicy());
    private readonly SemaphoreSlim _turn = new(1, 1);
    private long _changed;
    private long _committed;
    private bool _failed;

    public TenantWriter(string folder)
    {
        _folder = folder;
        DurableFolder.Create(folder);
        _directory = FSDirectory.Open(folder);
        try
        {
            // Terms come ready (CountedTerms): the analyser here is never asked.
            var config = new IndexWriterConfig(LuceneVersion.LUCENE_48, new KeywordAnalyzer())
            {
                Codec = new ChunkCodec(),
                IndexDeletionPolicy = _commits,
                RAMBufferSizeMB = BufferMegabytes,
                WriteLockTimeout = LockTimeoutMilliseconds,
            };
            _writer = new IndexWriter(_directory, config);
            if (!_writer.CommitData.ContainsKey(IdKey))
                _writer.SetCommitData(new Dictionary<string, string>(StringComparer.Ordinal) { [IdKey] = Guid.NewGuid().ToString("N", CultureInfo.InvariantCulture) });
        }
        catch (LockObtainFailedException exception)
        {
            _directory.Dispose();
            throw new IOException($"The index in '{folder}' is being written by another process: only one document-ingestion may run on a data folder.", exception);
        }
        catch
        {
            _directory.Dispose();
            throw;
        }
    }

    /// <summary>Puts these in the place of all that the document had. Durable when it returns.</summary>
    public Task ReplaceAsync(string documentId, IReadOnlyCollection<Document> chunks, CancellationToken cancellationToken) =>
        chunks.Count == 0
            ? RemoveAsync([documentId], cancellationToken)
            : ChangeAsync(() => _writer.UpdateDocuments(TermOf(documentId), chunks), cancellationToken);

    public Task RemoveAsync(IReadOnlyCollection<string> documentIds, CancellationToken cancellationToken) =>
        ChangeAsync(() => _writer.DeleteDocuments([.. documentIds.Select(TermOf)]), cancellationToken);

    /// <summary>Gives the chunks of these documents another access list: values beside them are replaced, they stay as they are.</summary>
    public Task ChangeAccessAsync(IReadOnlyCollection<string> documentIds, IReadOnlyList<string> access, CancellationToken cancellationToken) =>
        ChangeAsync(() => ChangeAccess(documentIds, SegmentAccess.Encode(access)), cancellationToken);

    /// <summary>Replaces without making it durable: for an index that nobody reads yet.</summary>
    public void Buffer(string documentId, IReadOnlyCollection<Document> chunks)
    {
        if (chunks.Count == 0)
            _writer.DeleteDocuments(TermOf(documentId));
        else
            _writer.UpdateDocuments(TermOf(documentId), chunks);
    }

    /// <summary>Hands over the folder and the files of the last commit, which stay until it has returned.</summary>
    public async Task ReadCommitAsync(Func<string, IReadOnlyCollection<string>, Task> read)
    {
        var commit = _commits.Snapshot();
        try
        {
            await read(_folder, [.. commit.FileNames]);
        }
        finally
        {
            _commits.Release(commit);
        }
    }

    /// <summary>Makes durable whatever was changed or buffered.</summary>
    public Task CommitAsync() => ChangeAsync(() => { }, CancellationToken.None);

    public void Dispose()
    {
        // Every acknowledged change is committed; what a failed commit left behind was never acknowledged.
        _writer.Rollback();
        _directory.Dispose();
        _turn.Dispose();
    }

    private void ChangeAccess(IReadOnlyCollection<string> documentIds, BytesRef access)
    {
        if (_writer.MaxDoc == 0)
            return; // Lucene refuses to change a field that no chunk ever had
        foreach (var id in documentIds)
            _writer.UpdateBinaryDocValue(TermOf(id), Fields.Access, access);
    }

    private async Task ChangeAsync(Action change, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        change();
        var mine = Interlocked.Increment(ref _changed);
        // From here on it may become durable with somebody else's commit: cancelling would leave the caller guessing.
        await _turn.WaitAsync(CancellationToken.None);
        try
        {
            if (_committed >= mine)
                return;
            if (_failed)
                throw new IOException($"The index in '{_folder}' could not be written.");
            Commit();
        }
        finally
        {
            _turn.Release();
        }
    }

    private void Commit()
    {
        var upTo = Interlocked.Read(ref _changed);
        _failed = true;
        try
        {
            _writer.Commit();
            DurableFolder.Flush(_folder);
        }
        catch (IOException exception) when (StorageFullException.IsCause(exception))
        {
            throw new StorageFullException($"the index ('{_folder}')", exception);
        }
        _failed = false;
        _committed = upTo;
    }

    private static Term TermOf(string documentId) => new(Fields.Document, documentId);
}
