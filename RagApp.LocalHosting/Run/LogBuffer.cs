using System.Runtime.CompilerServices;

namespace Aspire.Hosting.Run;

/// <summary>The last lines of one instance's output. A watcher that falls further behind misses the oldest.</summary>
internal sealed class LogBuffer
{
    public const int Capacity = 5_000;
    private const int LongestLine = 16_384;

    private readonly Lock _gate = new();
    private readonly Queue<LogLine> _lines = new();
    private readonly ChangeSignal _changed = new();
    private int _lastNumber;

    public void Add(string text, bool isError)
    {
        lock (_gate)
        {
            if (_lines.Count == Capacity)
                _lines.Dequeue();
            _lines.Enqueue(new LogLine(++_lastNumber, text.Length > LongestLine ? text[..LongestLine] + " ..." : text, isError));
        }

        _changed.Raise();
    }

    /// <summary>The lines held now, then new ones as they come.</summary>
    public async IAsyncEnumerable<IReadOnlyList<LogLine>> WatchAsync(bool follow, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var seen = 0;
        while (true)
        {
            var next = _changed.Next;
            var lines = After(seen);
            if (lines.Count > 0)
            {
                seen = lines[^1].Number;
                yield return lines;
            }

            if (!follow)
                yield break;
            await next.WaitAsync(cancellationToken);
        }
    }

    private List<LogLine> After(int number)
    {
        lock (_gate)
            return [.. _lines.Where(l => l.Number > number)];
    }
}
