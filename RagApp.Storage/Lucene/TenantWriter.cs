using System.Globalization;
using Lucene.Net.Documents;
using Lucene.Net.Index;
using Lucene.Net.Store;
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

    /// <summary>Chunks of a document that are indexed in some milliseconds, in the index itself; more are prepared beside it.</summary>
    private const int SmallDocument = 100;

    /// <summary>For the moment that the same tenant, just closed here, still holds its lock.</summary>
    private const int LockTimeoutMilliseconds = 5000;

    private readonly string _folder;
    private readonly FSDirectory _directory;
    private readonly IndexWriter _writer;
    private readonly SnapshotDeletionPolicy _commits = new(new KeepOnlyLastCommitDeletionPolicy());
    private readonly SemaphoreSlim _turn = new(1, 1);

    /// <summary>Held while changes are made that belong together, and while a commit is made.</summary>
    private readonly System.Threading.Lock _whole = new();

    /// <summary>Whether some of the changes that belong together were made and the others were not.</summary>
    private bool _torn;
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
            var config = ChunkCodec.WriterConfig();
            config.IndexDeletionPolicy = _commits;
            config.WriteLockTimeout = LockTimeoutMilliseconds;
            _writer = new IndexWriter(_directory, config);
            PreparedDocument.RemoveLeft(folder);
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
    public Task ReplaceAsync(string documentId, IReadOnlyCollection<Document> chunks, CancellationToken cancellationToken) => chunks.Count switch
    {
        0 => RemoveAsync([documentId], cancellationToken),
        <= SmallDocument => ChangeAsync(() => _writer.UpdateDocuments(TermOf(documentId), chunks), cancellationToken),
        _ => ReplaceLargeAsync(documentId, chunks, cancellationToken),
    };

    public Task RemoveAsync(IReadOnlyCollection<string> documentIds, CancellationToken cancellationToken) =>
        ChangeAsync(() => _writer.DeleteDocuments([.. documentIds.Select(TermOf)]), cancellationToken);

    /// <summary>Gives the chunks of these documents another access list: values beside them are replaced, they stay as they are.</summary>
    public Task ChangeAccessAsync(IReadOnlyCollection<string> documentIds, IReadOnlyList<string> access, CancellationToken cancellationToken) =>
        ChangeAsync(() => ChangeAccess(documentIds, access), cancellationToken);

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

    private async Task ReplaceLargeAsync(string documentId, IReadOnlyCollection<Document> chunks, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        using var prepared = OnDisk(() => new PreparedDocument(_folder, chunks));
        await ChangeAsync(
            () => Together(() =>
            {
                _writer.DeleteDocuments(TermOf(documentId));
                _writer.AddIndexes(prepared.Files);
            }),
            cancellationToken);
    }

    private void ChangeAccess(IReadOnlyCollection<string> documentIds, IReadOnlyList<string> access)
    {
        if (_writer.MaxDoc == 0)
            return; // Lucene refuses to change a field that no chunk ever had
        var (list, standIn) = (AccessLists.Encode(access), AccessLists.StandInFor(access));
        Together(() =>
        {
            foreach (var id in documentIds)
            {
                _writer.UpdateBinaryDocValue(new Term(Fields.AccessListOf, id), Fields.AccessList, list);
                _writer.UpdateBinaryDocValue(TermOf(id), Fields.Access, standIn);
            }
        });
    }

    /// <summary>Makes several changes that no commit has one of without the others, not even when one fails.</summary>
    private void Together(Action changes)
    {
        lock (_whole)
        {
            if (_torn)
                throw Unwritable();
            _torn = true;
            changes();
            _torn = false;
        }
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
                throw Unwritable();
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
        OnDisk(() =>
        {
            lock (_whole)
            {
                if (_torn)
                    throw Unwritable();
                _writer.Commit();
            }
            DurableFolder.Flush(_folder);
            return upTo;
        });
        _failed = false;
        _committed = upTo;
    }

    private T OnDisk<T>(Func<T> write)
    {
        try
        {
            return write();
        }
        catch (IOException exception) when (StorageFullException.IsCause(exception))
        {
            throw new StorageFullException($"the index ('{_folder}')", exception);
        }
    }

    private IOException Unwritable() => new($"The index in '{_folder}' could not be written.");

    private static Term TermOf(string documentId) => new(Fields.Document, documentId);
}
