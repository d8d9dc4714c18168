using Lucene.Net.Index;
using Lucene.Net.Search;
using Lucene.Net.Store;
using RagApp.Storage.Index;
using RagApp.Storage.Lucene.Writing;

namespace RagApp.Storage.Lucene;

/// <summary>
/// Reads one tenant's index as of its last commit. Another process commits: every search checks for a new commit, so that
/// a revocation holds for each search that begins after it.
/// </summary>
internal sealed class TenantReader : ReferenceManager<IndexSearcher>
{
    private readonly StorageOptions _options;
    private readonly string _tenant;
    private readonly string _folder;
    private readonly FSDirectory _directory;
    private readonly System.Threading.Lock _refreshing = new();

    /// <summary>A commit that the reader shows; the reader may already show a later one.</summary>
    private volatile CommitStamp _shown;

    /// <exception cref="IndexNotFoundException">The tenant has no index yet.</exception>
    public TenantReader(StorageOptions options, string tenant)
    {
        (_options, _tenant) = (options, tenant);
        Generation = options.CurrentOf(tenant) ?? throw new IndexNotFoundException($"The tenant '{tenant}' has no index.");
        _folder = options.FolderOf(tenant, Generation.Id);
        if (!System.IO.Directory.Exists(_folder))
            throw new IndexNotFoundException($"There is no folder '{_folder}'.");
        _directory = FSDirectory.Open(_folder);
        try
        {
            _shown = CommitStamp.Of(_folder);
            Current = Search(DirectoryReader.Open(_directory));
        }
        catch
        {
            _directory.Dispose();
            throw;
        }
    }

    public IndexGeneration Generation { get; }

    /// <summary>
    /// Checks for a new commit, and shows it. Searches that find a new commit at the same time wait for the same refresh, so
    /// that none continues with the old state.
    /// </summary>
    /// <returns>
    /// False when another generation is current, or the index cannot be read, for example because its folder is gone: this
    /// reader cannot be used any more.
    /// </returns>
    public bool TryRefresh()
    {
        try
        {
            if (_options.CurrentOf(_tenant)?.Id != Generation.Id)
                return false;
            if (CommitStamp.Of(_folder) != _shown)
                Refresh();
            return true;
        }
        catch (IOException)
        {
            return false;
        }
    }

    protected override IndexSearcher RefreshIfNeeded(IndexSearcher referenceToRefresh)
    {
        var old = (DirectoryReader)referenceToRefresh.IndexReader;
        if (string.Equals(LatestId(), IdOf(old), StringComparison.Ordinal))
        {
            var changed = DirectoryReader.OpenIfChanged(old);
            if (changed is null)
                return null!; // The base class expects null when nothing has changed.
            if (string.Equals(IdOf(changed), IdOf(old), StringComparison.Ordinal))
                return Search(changed);
            changed.Dispose();
        }
        // The index was rebuilt in the same folder. Old and new index number their commits and segments alike, so the old
        // segments in memory must not be reused.
        return Search(DirectoryReader.Open(_directory));
    }

    protected override bool TryIncRef(IndexSearcher reference) => reference.IndexReader.TryIncRef();

    protected override void DecRef(IndexSearcher reference) => reference.IndexReader.DecRef();

    protected override int GetRefCount(IndexSearcher reference) => reference.IndexReader.RefCount;

    protected override void Dispose(bool disposing)
    {
        base.Dispose(disposing);
        if (disposing)
            _directory.Dispose();
    }

    private static IndexSearcher Search(DirectoryReader reader) => new(reader);

    private void Refresh()
    {
        lock (_refreshing)
        {
            var latest = CommitStamp.Of(_folder);
            if (latest == _shown)
                return; // another search has refreshed meanwhile
            MaybeRefreshBlocking();
            _shown = latest;
        }
    }

    private string? LatestId()
    {
        var latest = new SegmentInfos();
        latest.Read(_directory);
        return IdIn(latest.UserData);
    }

    private static string? IdOf(DirectoryReader reader) => IdIn(reader.IndexCommit.UserData);

    private static string? IdIn(IDictionary<string, string> commit) => commit.TryGetValue(TenantWriter.IdKey, out var id) ? id : null;
}
