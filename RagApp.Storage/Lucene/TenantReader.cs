using Lucene.Net.Index;
using Lucene.Net.Search;
using Lucene.Net.Store;
using RagApp.Storage.Index;

namespace RagApp.Storage.Lucene;

/// <summary>
/// One tenant's index as of its last commit. Commits come from another process: a search looks for a new one when
/// the last look is older than <see cref="MaxAge"/>.
/// </summary>
internal sealed class TenantReader : ReferenceManager<IndexSearcher>
{
    private static readonly TimeSpan MaxAge = TimeSpan.FromMilliseconds(250);

    private readonly StorageOptions _options;
    private readonly string _tenant;
    private readonly FSDirectory _directory;
    private readonly TimeProvider _time;
    private long _lookedAt;

    /// <exception cref="IndexNotFoundException">The tenant has no index yet.</exception>
    public TenantReader(StorageOptions options, string tenant, TimeProvider time)
    {
        (_options, _tenant, _time) = (options, tenant, time);
        Generation = options.CurrentOf(tenant) ?? throw new IndexNotFoundException($"The tenant '{tenant}' has no index.");
        var folder = options.FolderOf(tenant, Generation.Id);
        if (!System.IO.Directory.Exists(folder))
            throw new IndexNotFoundException($"There is no folder '{folder}'.");
        _directory = FSDirectory.Open(folder);
        try
        {
            Current = Search(DirectoryReader.Open(_directory));
        }
        catch
        {
            _directory.Dispose();
            throw;
        }
        _lookedAt = time.GetTimestamp();
    }

    public IndexGeneration Generation { get; }

    /// <summary>
    /// Looks for a new commit if it is time to; one search at a time does, the others go on with what is there.
    /// </summary>
    /// <returns>False when another generation answers, or the folder is gone: this reader is of no use any more.</returns>
    public bool TryRefreshWhenDue()
    {
        if (_time.GetElapsedTime(Interlocked.Read(ref _lookedAt)) < MaxAge)
            return true;
        try
        {
            if (_options.CurrentOf(_tenant)?.Id != Generation.Id)
                return false;
            if (MaybeRefresh())
                Interlocked.Exchange(ref _lookedAt, _time.GetTimestamp());
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
                return null!; // As the base class asks when nothing has changed.
            if (string.Equals(IdOf(changed), IdOf(old), StringComparison.Ordinal))
                return Search(changed);
            changed.Dispose();
        }
        // Built anew in the same folder: both indexes count their commits and name their segments alike, and what
        // is in memory of the old one must not pass for the new.
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

    private string? LatestId()
    {
        var latest = new SegmentInfos();
        latest.Read(_directory);
        return IdIn(latest.UserData);
    }

    private static string? IdOf(DirectoryReader reader) => IdIn(reader.IndexCommit.UserData);

    private static string? IdIn(IDictionary<string, string> commit) => commit.TryGetValue(TenantWriter.IdKey, out var id) ? id : null;
}
