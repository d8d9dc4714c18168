using RagApp.Storage.Blobs;

namespace RagApp.Storage.FileSystem;

/// <summary>Finds files in <c>tmp/</c> that an interrupted write left behind.</summary>
internal sealed class UnfinishedFiles(string root) : IUnfinishedWrites
{
    private readonly DirectoryInfo _folder = new(FileBlobStore.UnfinishedIn(root));

    public IAsyncEnumerable<string> ListAsync(DateTimeOffset before, CancellationToken cancellationToken) => _folder.Exists
        ? _folder.EnumerateFiles().Where(file => file.LastWriteTimeUtc < before.UtcDateTime).Select(file => file.Name).ToAsyncEnumerable()
        : AsyncEnumerable.Empty<string>();

    public Task RemoveAsync(string name, CancellationToken cancellationToken)
    {
        File.Delete(Path.Combine(_folder.FullName, Path.GetFileName(name)));
        return Task.CompletedTask;
    }
}
