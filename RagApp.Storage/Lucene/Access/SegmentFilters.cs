using System.Runtime.CompilerServices;
using Lucene.Net.Index;

namespace RagApp.Storage.Lucene.Access;

/// <summary>
/// Caches the bits of a segment's most recently used filters, so that the next question of the same person reuses them. A
/// reader of a segment shows one state: a deletion or a change of access makes another reader, with an empty cache.
/// </summary>
internal sealed class SegmentFilters
{
    /// <summary>Number of cached filters per segment, each with one bit per chunk: 4 MB for a million chunks.</summary>
    private const int Kept = 32;

    private static readonly ConditionalWeakTable<AtomicReader, SegmentFilters> OfSegment = [];

    private readonly Lock _lock = new();

    /// <summary>Cached filters, most recently used first.</summary>
    private readonly LinkedList<(string Key, OpenChunks Open)> _byUse = new();

    public static SegmentFilters Of(AtomicReader segment) => OfSegment.GetOrCreateValue(segment);

    public OpenChunks GetOrMake(string key, Func<OpenChunks> make)
    {
        if (Find(key) is { } present)
            return present;
        var made = make();
        lock (_lock)
        {
            _byUse.AddFirst((key, made));
            if (_byUse.Count > Kept)
                _byUse.RemoveLast();
        }
        return made;
    }

    private OpenChunks? Find(string key)
    {
        lock (_lock)
        {
            for (var node = _byUse.First; node is not null; node = node.Next)
            {
                if (!string.Equals(node.Value.Key, key, StringComparison.Ordinal))
                    continue;
                _byUse.Remove(node);
                _byUse.AddFirst(node);
                return node.Value.Open;
            }
            return null;
        }
    }
}
