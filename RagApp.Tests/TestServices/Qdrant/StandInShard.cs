namespace RagApp.Tests.TestServices.Qdrant;

/// <summary>The part of a collection's points that lies together.</summary>
internal sealed class StandInShard
{
    private readonly SortedDictionary<string, StandInPoint> _points = new(StringComparer.Ordinal);
    private readonly Dictionary<string, StandInPoint> _others = new(StringComparer.Ordinal);
    private HashSet<StandInPoint>? _before;

    public int Count => _points.Count;

    /// <summary>By key.</summary>
    public IEnumerable<StandInPoint> Points => _points.Values;

    /// <summary>The points that a walk of a quorum finds: those that are the same on all copies.</summary>
    public IEnumerable<StandInPoint> Agreed => _before is null ? Points : Points.Where(_before.Contains);

    /// <summary>The points that a search of a quorum finds. Where copies of a point differ, it finds each of them.</summary>
    public IEnumerable<StandInPoint> OfAllCopies => Agreed.Concat(_others.Values);

    public StandInPoint? Find(string key) => _points.GetValueOrDefault(key);

    /// <summary>Writes the point to every copy.</summary>
    public void Put(StandInPoint point)
    {
        _points[point.Key] = point;
        _others.Remove(point.Key);
    }

    /// <summary>Has another copy of the shard hold something else of a point, until it is written again.</summary>
    public void Differ(StandInPoint other) => _others[other.Key] = other;

    /// <summary>The next change has reached one copy and not yet another, until <see cref="Agree"/>.</summary>
    public void BeginToDiffer() => _before = new HashSet<StandInPoint>(Points, ReferenceEqualityComparer.Instance);

    public void Agree() => _before = null;

    public void Remove(string key)
    {
        _points.Remove(key);
        _others.Remove(key);
    }
}
