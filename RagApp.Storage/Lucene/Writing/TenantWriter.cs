using System.Globalization;
using Lucene.Net.Documents;
using Lucene.Net.Index;
using Lucene.Net.Store;
using RagApp.Storage.Blobs;
using RagApp.Storage.FileSystem;
using RagApp.Storage.Lucene.Access;

namespace RagApp.Storage.Lucene.Writing;

/// <summary>
/// Writes one tenant's index with group commit: changes that arrive while a commit is being written wait, and the first of
/// them that gets its turn commits them all.
/// </summary>
internal sealed class TenantWriter : IDisposable
{
    /// <summary>Key of the index's id in every commit, by which a reader recognizes an index rebuilt in the same folder.</summary>
    public const string IdKey = "id";

    /// <summary>
    /// Largest number of chunks of a document that is indexed in the index itself, which takes some milliseconds; larger
    /// documents are prepared beside it.
    /// </summary>
    private const int SmallDocument = 100;

    /// <summary>Longest wait for the index's lock, which the tenant's previous writer may hold for a moment after it was closed.</summary>
    private const int LockTimeoutMilliseconds = 5000;

    private readonly string _folder;
    private readonly FSDirectory _directory;
    private readonly IndexWriter _writer;
    private readonly SnapshotDeletionPolicy _commits = new(new KeepOnlyLastCommitDeletionPolicy());
    private readonly SemaphoreSlim _turn = new(1, 1);

    /// <summary>Held during a group of changes that must be committed together, and during a commit.</summary>
    private readonly System.Threading.Lock _whole = new();

    /// <summary>
    /// True during a group of changes that must be committed together, and forever after such a group failed halfway: then
    /// nothing is committed.
    /// </summary>
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

    /// <summary>Replaces all chunks of the document. Durable when it returns.</summary>
    public Task ReplaceAsync(string documentId, IReadOnlyCollection<Document> chunks, CancellationToken cancellationToken) => chunks.Count switch
    {
        0 => RemoveAsync([documentId], cancellationToken),
        <= SmallDocument => ChangeAsync(() => _writer.UpdateDocuments(TermOf(documentId), chunks), cancellationToken),
        _ => ReplaceLargeAsync(documentId, chunks, cancellationToken),
    };

    public Task RemoveAsync(IReadOnlyCollection<string> documentIds, CancellationToken cancellationToken) =>
        ChangeAsync(() => _writer.DeleteDocuments([.. documentIds.Select(TermOf)]), cancellationToken);

    /// <summary>Changes the access list of these documents by replacing doc values; nothing is indexed again.</summary>
    public Task ChangeAccessAsync(IReadOnlyCollection<string> documentIds, IReadOnlyList<string> access, CancellationToken cancellationToken) =>
        ChangeAsync(() => ChangeAccess(documentIds, access), cancellationToken);

    /// <summary>Replaces the document's chunks without a commit, for an index that is not read yet.</summary>
    public void Buffer(string documentId, IReadOnlyCollection<Document> chunks)
    {
        if (chunks.Count == 0)
            _writer.DeleteDocuments(TermOf(documentId));
        else
            _writer.UpdateDocuments(TermOf(documentId), chunks);
    }

    /// <summary>Calls <paramref name="read"/> with the folder and the files of the last commit, which are kept until it returns.</summary>
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

    /// <summary>Commits all changes made so far.</summary>
    public Task CommitAsync() => ChangeAsync(() => { }, CancellationToken.None);

    public void Dispose()
    {
        // Every acknowledged change is committed; changes after a failed commit were never acknowledged.
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

    /// <summary>Makes a group of changes that are committed together or not at all, even when one of them fails.</summary>
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
        // From here on another caller's commit may make the change durable: a cancellation would leave its outcome unknown.
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
