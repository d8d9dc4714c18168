using System.Runtime.CompilerServices;
using Lucene.Net.Index;

namespace RagApp.Storage.Lucene.Keywords;

/// <summary>
/// Number of terms of each chunk of a segment (<see cref="TermCounts.Lengths"/>), in memory, since a keyword search needs it
/// for every match.
/// </summary>
internal static class SegmentLengths
{
    /// <summary>Lengths by the segment's core, which stays the same when chunks of the segment are deleted.</summary>
    private static readonly ConditionalWeakTable<object, int[]> Loaded = [];

    public static int[] Of(AtomicReader segment) => Loaded.GetValue(segment.CoreCacheKey, _ => Read(segment));

    private static int[] Read(AtomicReader segment)
    {
        var lengths = new int[segment.MaxDoc];
        if (segment.GetNumericDocValues(Fields.Lengths) is { } values)
        {
            for (var chunk = 0; chunk < lengths.Length; chunk++)
                lengths[chunk] = (int)values.Get(chunk);
        }
        return lengths;
    }
}
