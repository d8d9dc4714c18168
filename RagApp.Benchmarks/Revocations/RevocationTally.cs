using System.Collections.Concurrent;
using System.Globalization;
using RagApp.Storage.Qdrant.Client;

namespace RagApp.Benchmarks.Revocations;

/// <summary>Counts what happened, and prints it.</summary>
internal sealed class RevocationTally(TimeProvider time)
{
    private const int MostExamples = 20;

    private readonly long _began = time.GetTimestamp();
    private readonly ConcurrentDictionary<string, ConcurrentQueue<double>> _milliseconds = new(StringComparer.Ordinal);
    private readonly ConcurrentDictionary<string, int> _errors = new(StringComparer.Ordinal);
    private readonly ConcurrentQueue<string> _examples = [];
    private int _lost;
    private int _seen;

    public int LostWrites => _lost;

    /// <summary>Each time that a search showed one.</summary>
    public int SeenChunks => _seen;

    /// <summary>Whether nothing was lost or seen that should not be, in a run that did change access lists and search.</summary>
    public bool IsClean => LostWrites == 0 && SeenChunks == 0 && _milliseconds.ContainsKey(RevocationLoad.AccessChanges) && _milliseconds.ContainsKey(RevocationLoad.Searches);

    public void Done(string kind, TimeSpan took) => _milliseconds.GetOrAdd(kind, _ => []).Enqueue(took.TotalMilliseconds);

    public void Failed(string kind, Exception exception) => _errors.AddOrUpdate($"{kind}: {KindOf(exception)}", 1, (_, count) => count + 1);

    public void Seen(string what) => Count(ref _seen, $"seen {what}");

    public void Lost(string what) => Count(ref _lost, $"lost {what}");

    public void PrintProgress() => Say(
        $"{time.GetElapsedTime(_began).TotalSeconds,5:0} s: {string.Join(", ", _milliseconds.OrderBy(kind => kind.Key, StringComparer.Ordinal).Select(kind => $"{kind.Value.Count} {kind.Key}"))}; {_errors.Values.Sum()} errors, {_seen} seen");

    public void Print(TimeSpan load)
    {
        Say($"acknowledged writes lost: {_lost}");
        Say($"chunks seen by searches that began after they were revoked or removed: {_seen}");
        foreach (var example in _examples)
            Say($"  {example}");
        foreach (var (kind, times) in _milliseconds.OrderBy(kind => kind.Key, StringComparer.Ordinal))
        {
            var sorted = times.Order().ToList();
            Say($"{kind}: {sorted.Count} ({sorted.Count / load.TotalSeconds:0.0}/s), p50 {sorted[sorted.Count / 2]:0.0} ms, p95 {sorted[sorted.Count * 95 / 100]:0.0} ms, most {sorted[^1]:0} ms");
        }
        Say($"errors: {_errors.Values.Sum()}");
        foreach (var (kind, count) in _errors.OrderByDescending(error => error.Value))
            Say($"  {count} x {kind}");
    }

    private void Count(ref int counter, string example)
    {
        if (Interlocked.Increment(ref counter) + _examples.Count <= MostExamples)
            _examples.Enqueue($"{time.GetElapsedTime(_began).TotalSeconds:0.0} s: {example}");
    }

    private static string KindOf(Exception exception) => exception switch
    {
        QdrantException { Status: { } status } => $"Qdrant answered {(int)status}",
        QdrantException { InnerException: null } => "Qdrant did not answer in time",
        QdrantException => "Qdrant cannot be reached",
        _ => exception.GetType().Name,
    };

    private static void Say(FormattableString line) => Console.WriteLine(line.ToString(CultureInfo.InvariantCulture));
}
