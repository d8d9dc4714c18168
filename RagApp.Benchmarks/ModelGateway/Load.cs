using System.Collections.Concurrent;

namespace RagApp.Benchmarks.ModelGateway;

/// <summary>Sends the same request again and again, and times the answers.</summary>
internal sealed class Load(HttpClient http, Func<HttpRequestMessage> request, TimeProvider time)
{
    private readonly ConcurrentQueue<double> _milliseconds = [];
    private readonly ConcurrentDictionary<string, int> _failures = [];

    /// <summary>Sends <paramref name="requests"/> requests, with so many at a time.</summary>
    public async Task<LoadResult> AtFullSpeedAsync(int requests, int parallel, CancellationToken cancellationToken)
    {
        var left = requests;
        var started = time.GetTimestamp();
        await Task.WhenAll(Enumerable.Range(0, parallel).Select(_ => Task.Run(
            async () =>
            {
                while (Interlocked.Decrement(ref left) >= 0)
                    await SendAsync(cancellationToken);
            },
            cancellationToken)));
        return ResultAfter(time.GetElapsedTime(started));
    }

    /// <summary>Sends requests at an even rate, whether earlier ones are answered or not.</summary>
    public async Task<LoadResult> AtRateAsync(int perSecond, TimeSpan duration, CancellationToken cancellationToken)
    {
        var started = time.GetTimestamp();
        var running = new List<Task>();
        using var timer = new PeriodicTimer(TimeSpan.FromMilliseconds(1), time);
        while (time.GetElapsedTime(started) < duration)
        {
            var due = (int)(time.GetElapsedTime(started).TotalSeconds * perSecond);
            while (running.Count < due)
                running.Add(SendAsync(cancellationToken));
            await timer.WaitForNextTickAsync(cancellationToken);
        }
        await Task.WhenAll(running);
        return ResultAfter(time.GetElapsedTime(started));
    }

    private async Task SendAsync(CancellationToken cancellationToken)
    {
        var started = time.GetTimestamp();
        using var message = request();
        using var response = await http.SendAsync(message, cancellationToken);
        await response.Content.ReadAsByteArrayAsync(cancellationToken);
        if (response.IsSuccessStatusCode)
            _milliseconds.Enqueue(time.GetElapsedTime(started).TotalMilliseconds);
        else
            _failures.AddOrUpdate($"{(int)response.StatusCode}", 1, (_, count) => count + 1);
    }

    private LoadResult ResultAfter(TimeSpan elapsed) => new([.. _milliseconds.Order()], _failures.ToDictionary(), elapsed);
}

/// <param name="Milliseconds">Times of the successful requests, in order of size.</param>
/// <param name="Failures">Number of requests answered with an error, by status code.</param>
internal sealed record LoadResult(IReadOnlyList<double> Milliseconds, IReadOnlyDictionary<string, int> Failures, TimeSpan Elapsed)
{
    public int Requests => Milliseconds.Count + Failures.Values.Sum();

    public double PerSecond => Milliseconds.Count / Elapsed.TotalSeconds;

    public double P50 => At(0.5);

    public double P99 => At(0.99);

    private double At(double share) => Milliseconds.Count == 0 ? double.NaN : Milliseconds[(int)(share * (Milliseconds.Count - 1))];
}
