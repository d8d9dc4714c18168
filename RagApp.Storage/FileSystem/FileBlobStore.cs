using System.Runtime.CompilerServices;
using System.Security.Cryptography;
using RagApp.Storage.Blobs;

namespace RagApp.Storage.FileSystem;

/// <summary>
/// Stores blobs as plain files. A write goes to its own file in <c>tmp/</c>, flushes it, renames it to its place, and
/// flushes the folder: readers see the old bytes or the new ones, also after a power failure. The check of the write's
/// condition and the rename happen under a lock that all processes of the machine share. The entity tag is the SHA-256 of
/// the content; it is computed when a blob is opened with it.
/// </summary>
internal sealed class FileBlobStore(string root, TimeProvider time) : IBlobStore
{
    private const int BufferSize = 128 * 1024;

    private readonly string _blobs = Path.Combine(root, "blobs");
    private readonly string _unfinished = UnfinishedIn(root);
    private readonly FileLock _lock = new(Path.Combine(root, "locks"), time);

    /// <summary>Folder of unfinished writes.</summary>
    public static string UnfinishedIn(string root) => Path.Combine(root, "tmp");

    public async Task<string> PutAsync(string key, Stream content, BlobCondition condition, CancellationToken cancellationToken)
    {
        var path = PathOf(key);
        DurableFolder.Create(_unfinished);
        var unfinished = Path.Combine(_unfinished, Path.GetRandomFileName());
        try
        {
            var etag = await WriteAsync(unfinished, content, cancellationToken);
            using var held = await _lock.TakeAsync(key, cancellationToken);
            await RequireAsync(key, path, condition, cancellationToken);
            var folder = Path.GetDirectoryName(path)!;
            DurableFolder.Create(folder);
            File.Move(unfinished, path, overwrite: true);
            DurableFolder.Flush(folder);
            return etag;
        }
        catch (IOException exception) when (StorageFullException.IsCause(exception))
        {
            throw new StorageFullException($"the document store ('{root}')", exception);
        }
        finally
        {
            File.Delete(unfinished);
        }
    }

    public Task<Stream?> ReadAsync(string key, CancellationToken cancellationToken) => Task.FromResult<Stream?>(OpenFile(PathOf(key)));

    public async Task<Blob?> OpenAsync(string key, CancellationToken cancellationToken)
    {
        var file = OpenFile(PathOf(key));
        if (file is null)
            return null;
        try
        {
            var etag = Tag(await SHA256.HashDataAsync(file, cancellationToken));
            file.Position = 0;
            return new Blob(file, etag);
        }
        catch
        {
            await file.DisposeAsync();
            throw;
        }
    }

    public Task<DateTimeOffset?> FindWrittenAtAsync(string key, CancellationToken cancellationToken)
    {
        var file = new FileInfo(PathOf(key));
        return Task.FromResult<DateTimeOffset?>(file.Exists ? new DateTimeOffset(file.LastWriteTimeUtc) : null);
    }

    public async Task DeleteAsync(string key, CancellationToken cancellationToken)
    {
        var path = PathOf(key);
        if (!File.Exists(path))
            return;
        using var held = await _lock.TakeAsync(key, cancellationToken);
        File.Delete(path);
        DurableFolder.Flush(Path.GetDirectoryName(path)!);
    }

    public async IAsyncEnumerable<string> ListAsync(string prefix, string? after, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var start = prefix.Length == 0 ? _blobs : PathOf(prefix);
        foreach (var key in Walk(start, prefix.Length == 0 ? "" : prefix + "/", after))
        {
            cancellationToken.ThrowIfCancellationRequested();
            yield return key;
        }
    }

    /// <summary>
    /// Lists the keys under a folder in ordinal order. The names of one folder at a time are in memory; a subfolder is sorted
    /// by its name with the slash, so that <c>a-b</c> comes before <c>a/b</c>.
    /// </summary>
    private static IEnumerable<string> Walk(string folder, string prefix, string? after)
    {
        if (!Directory.Exists(folder))
            yield break;
        var names = new DirectoryInfo(folder).EnumerateFileSystemInfos()
            .Select(entry => entry is DirectoryInfo ? entry.Name + "/" : entry.Name)
            .Order(StringComparer.Ordinal);
        foreach (var name in names)
        {
            var key = prefix + name;
            if (name[^1] != '/')
            {
                if (IsAfter(key, after))
                    yield return key;
            }
            else if (after is null || IsAfter(key, after) || after.StartsWith(key, StringComparison.Ordinal))
            {
                foreach (var below in Walk(Path.Combine(folder, name[..^1]), key, after))
                    yield return below;
            }
        }
    }

    private static bool IsAfter(string key, string? after) => after is null || string.CompareOrdinal(key, after) > 0;

    private static async Task<string> WriteAsync(string path, Stream content, CancellationToken cancellationToken)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        await using var file = new FileStream(path, FileMode.CreateNew, FileAccess.Write, FileShare.None, bufferSize: 0, useAsync: true);
        var buffer = new byte[BufferSize];
        int read;
        while ((read = await content.ReadAsync(buffer, cancellationToken)) > 0)
        {
            hash.AppendData(buffer, 0, read);
            await file.WriteAsync(buffer.AsMemory(0, read), cancellationToken);
        }
        file.Flush(flushToDisk: true);
        return Tag(hash.GetHashAndReset());
    }

    private static async Task RequireAsync(string key, string path, BlobCondition condition, CancellationToken cancellationToken)
    {
        if (condition is { MustBeNew: false, ETag: null })
            return;
        await using var present = OpenFile(path);
        var holds = condition.MustBeNew
            ? present is null
            : present is not null && string.Equals(Tag(await SHA256.HashDataAsync(present, cancellationToken)), condition.ETag, StringComparison.Ordinal);
        if (!holds)
            throw new BlobConflictException(key);
    }

    /// <summary>Opens a file so that it can be replaced or deleted meanwhile; the reader continues with the file that it opened.</summary>
    private static FileStream? OpenFile(string path)
    {
        try
        {
            return new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.Read | FileShare.Delete, BufferSize, useAsync: true);
        }
        catch (Exception exception) when (exception is FileNotFoundException or DirectoryNotFoundException)
        {
            return null;
        }
    }

    private static string Tag(byte[] hash) => Convert.ToHexStringLower(hash);

    private string PathOf(string key) => Path.Combine([_blobs, .. BlobKey.Split(key)]);
}
