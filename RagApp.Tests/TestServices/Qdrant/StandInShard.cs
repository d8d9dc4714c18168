namespace RagApp.Tests.TestServices.Qdrant;

/// <summary>One shard of a collection, with all its replicas.</summary>
internal sealed class StandInShard
{
    private readonly SortedDictionary<string, StandInPoint> _points = new(StringComparer.Ordinal);
    private readonly Dictionary<string, StandInPoint> _others = new(StringComparer.Ordinal);
    private HashSet<StandInPoint>? _before;

    public int Count => _points.Count;

    /// <summary>Points in the order of their keys.</summary>
    public IEnumerable<StandInPoint> Points => _points.Values;

    /// <summary>Points that a scroll over a quorum returns: those that are the same on all replicas.</summary>
    public IEnumerable<StandInPoint> Agreed => _before is null ? Points : Points.Where(_before.Contains);

    /// <summary>Points that a search over a quorum returns; where the replicas of a point differ, it returns each of them.</summary>
    public IEnumerable<StandInPoint> OfAllCopies => Agreed.Concat(_others.Values);

    public StandInPoint? Find(string key) => _points.GetValueOrDefault(key);

    /// <summary>Writes the point to every replica.</summary>
    public void Put(StandInPoint point)
    {
        _points[point.Key] = point;
        _others.Remove(point.Key);
    }

    /// <summary>Makes another replica hold a different version of the point until the point is written again.</summary>
    public void Differ(StandInPoint other) => _others[other.Key] = other;

    /// <summary>Until <see cref="Agree"/>, a change has reached one replica and not yet another.</summary>
    public void BeginToDiffer() => _before = new HashSet<StandInPoint>(Points, ReferenceEqualityComparer.Instance);

    public void Agree() => _before = null;

    public void Remove(string key)
    {
        _points.Remove(key);
        _others.Remove(key);
    }
}
