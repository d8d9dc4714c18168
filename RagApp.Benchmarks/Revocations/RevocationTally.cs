using System.Collections.Concurrent;
using System.Globalization;
using RagApp.Storage.Blobs;
using RagApp.Storage.Qdrant;

namespace RagApp.Benchmarks.Revocations;

/// <summary>Counts the results of the load's operations, and prints them.</summary>
internal sealed class RevocationTally(TimeProvider time)
{
    /// <summary>Longest acceptable duration of an operation, answered or failed.</summary>
    private static readonly TimeSpan SlowThreshold = TimeSpan.FromSeconds(3);

    private const int MostExamples = 20;

    private readonly long _began = time.GetTimestamp();
    private readonly ConcurrentDictionary<string, ConcurrentQueue<Operation>> _operations = new(StringComparer.Ordinal);
    private readonly ConcurrentQueue<string> _examples = [];
    private readonly ConcurrentQueue<string> _notCompared = [];
    private int _lost;
    private int _seen;
    private int _unexplained;

    /// <param name="At">Time between the start of the load and the end of the operation.</param>
    /// <param name="Error">Kind of error; null when the operation succeeded.</param>
    private sealed record Operation(TimeSpan At, TimeSpan Took, string? Error);

    public int LostWrites => _lost;

    /// <summary>Number of chunks that searches returned although the reader was not permitted to see them.</summary>
    public int SeenChunks => _seen;

    /// <summary>Number of exceptions that are not of the index's own type; for these, users see an error without an explanation.</summary>
    public int Unexplained => _unexplained;

    /// <summary>Readers at a single address that did not answer in the final comparison.</summary>
    public IReadOnlyCollection<string> NotCompared => _notCompared;

    /// <summary>True when at least one change of an access list and at least one search succeeded.</summary>
    public bool HasSearched => _operations.GetValueOrDefault(RevocationLoad.AccessChanges)?.Any(change => change.Error is null) == true
        && FoundOf("") > 0;

    /// <summary>
    /// True when no write was lost, no forbidden chunk was returned and no exception was unexplained, in a run that changed
    /// access lists and searched.
    /// </summary>
    public bool IsClean => LostWrites == 0 && SeenChunks == 0 && Unexplained == 0 && HasSearched;

    public void Done(string kind, TimeSpan took) => Add(kind, took, error: null);

    public void Failed(string kind, TimeSpan took, Exception exception)
    {
        if (exception is not StoreUnavailableException)
            Count(ref _unexplained, $"{kind} ended with {exception.GetType().Name}: {exception.Message}");
        Add(kind, took, KindOf(exception));
    }

    public void Seen(string what) => Count(ref _seen, $"seen {what}");

    public void Lost(string what) => Count(ref _lost, $"lost {what}");

    public void PassedOver(string how) => _notCompared.Enqueue(how);

    /// <summary>Number of failed searches of one group of readers, by kind of error.</summary>
    public IReadOnlyDictionary<string, int> ErrorsOf(string how) =>
        SearchesOf(how).Where(search => search.Error is not null).CountBy(search => search.Error!).ToDictionary(StringComparer.Ordinal);

    /// <summary>Number of answered searches of one group of readers.</summary>
    public int FoundOf(string how) => SearchesOf(how).Count(search => search.Error is null);

    /// <summary>Number of searches of one group of readers that took longer than <see cref="SlowThreshold"/>, answered or failed.</summary>
    public int SlowOf(string how) => SearchesOf(how).Count(search => search.Took > SlowThreshold);

    public void PrintProgress() => Say(
        $"{time.GetElapsedTime(_began).TotalSeconds,5:0} s: {string.Join(", ", InOrder().Select(kind => $"{kind.Value.Count(operation => operation.Error is null)} {kind.Key}"))}; {Errors().Count()} errors, {_seen} seen");

    public void Print(TimeSpan load)
    {
        Say($"acknowledged writes lost: {_lost}");
        Say($"chunks seen by searches that began after they were revoked or removed: {_seen}");
        Say($"exceptions that are none of the index's own: {_unexplained}");
        foreach (var how in _notCompared)
            Say($"not compared, since nothing answered: {how}");
        foreach (var example in _examples)
            Say($"  {example}");
        foreach (var (kind, operations) in InOrder())
            Print(kind, [.. operations], load);
    }

    /// <summary>Prints the number and times of the successful operations of one kind, and the numbers of slow and failed ones.</summary>
    private static void Print(string kind, IReadOnlyList<Operation> operations, TimeSpan load)
    {
        double[] took = [.. operations.Where(operation => operation.Error is null).Select(operation => operation.Took.TotalMilliseconds).Order()];
        Say(took.Length == 0
            ? (FormattableString)$"{kind}: none"
            : $"{kind}: {took.Length} ({took.Length / load.TotalSeconds:0.0}/s), p50 {took[took.Length / 2]:0.0} ms, p95 {took[took.Length * 95 / 100]:0.0} ms, most {took[^1]:0} ms");
        if (operations.Count(operation => operation.Took > SlowThreshold) is > 0 and var slow)
            Say($"  {slow} took over {SlowThreshold.TotalSeconds:0} s, with success or without");
        foreach (var alike in operations.Where(operation => operation.Error is not null).GroupBy(operation => operation.Error!, StringComparer.Ordinal).OrderByDescending(alike => alike.Count()))
            Say($"  {alike.Count()} x {alike.Key}, {alike.Min(failed => failed.At).TotalSeconds:0.0} to {alike.Max(failed => failed.At).TotalSeconds:0.0} s, after {alike.Max(failed => failed.Took).TotalMilliseconds:0} ms at most");
    }

    private void Add(string kind, TimeSpan took, string? error) =>
        _operations.GetOrAdd(kind, _ => []).Enqueue(new Operation(time.GetElapsedTime(_began), took, error));

    private IEnumerable<Operation> SearchesOf(string how) => _operations
        .Where(kind => kind.Key.StartsWith($"{RevocationLoad.Searches} {how}", StringComparison.Ordinal)).SelectMany(kind => kind.Value);

    private IEnumerable<Operation> Errors() => _operations.Values.SelectMany(operations => operations).Where(operation => operation.Error is not null);

    private IOrderedEnumerable<KeyValuePair<string, ConcurrentQueue<Operation>>> InOrder() => _operations.OrderBy(kind => kind.Key, StringComparer.Ordinal);

    private void Count(ref int counter, string example)
    {
        if (Interlocked.Increment(ref counter) + _examples.Count <= MostExamples)
            _examples.Enqueue($"{time.GetElapsedTime(_began).TotalSeconds:0.0} s: {example}");
    }

    private static string KindOf(Exception exception) => exception is QdrantException index ? $"Qdrant {index.Code}" : exception.GetType().Name;

    private static void Say(FormattableString line) => Console.WriteLine(line.ToString(CultureInfo.InvariantCulture));
}
