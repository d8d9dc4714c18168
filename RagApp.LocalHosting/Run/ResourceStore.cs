using System.Runtime.CompilerServices;

namespace Aspire.Hosting.Run;

/// <summary>Holds the latest snapshot of every instance and tells watchers of changes. A slow watcher misses steps in between, never the latest.</summary>
internal sealed class ResourceStore
{
    private readonly Lock _gate = new();
    private readonly Dictionary<string, (long Version, ResourceSnapshot Snapshot)> _latest = new(StringComparer.Ordinal);
    private readonly ChangeSignal _changed = new();
    private long _version;

    public IReadOnlyList<ResourceSnapshot> All => ChangedSince(0).Snapshots;

    public void Publish(ResourceSnapshot snapshot)
    {
        lock (_gate)
            _latest[snapshot.Name] = (++_version, snapshot);
        _changed.Raise();
    }

    /// <summary>Every snapshot first, then those that changed, as they change.</summary>
    public async IAsyncEnumerable<IReadOnlyList<ResourceSnapshot>> WatchAsync([EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var seen = 0L;
        while (true)
        {
            var next = _changed.Next;
            (seen, var snapshots) = ChangedSince(seen);
            yield return snapshots;
            await next.WaitAsync(cancellationToken);
        }
    }

    /// <summary>Waits until the instances of <paramref name="resourceName"/> satisfy <paramref name="condition"/>, all of them.</summary>
    public async Task WaitAsync(string resourceName, Func<ResourceSnapshot, bool> condition, CancellationToken cancellationToken)
    {
        while (true)
        {
            var next = _changed.Next;
            var instances = All.Where(s => s.ResourceName == resourceName).ToArray();
            if (instances.Length > 0 && instances.All(condition))
                return;
            await next.WaitAsync(cancellationToken);
        }
    }

    private (long Version, IReadOnlyList<ResourceSnapshot> Snapshots) ChangedSince(long version)
    {
        lock (_gate)
            return (_version, [.. _latest.Values.Where(v => v.Version > version).Select(v => v.Snapshot)]);
    }
}
