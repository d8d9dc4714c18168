using System.Net;
using RagApp.Contracts.Http;

namespace RagApp.Cli.Ingest;

/// <summary>
/// Repeats calls that failed for a reason that passes. A server that says it has too much to do (429, 503) is waited
/// for, however long, by all calls together; anything else is tried <see cref="Attempts"/> times, ever later.
/// </summary>
internal sealed class Patience(TimeProvider time)
{
    public const int Attempts = 8;

    private static readonly TimeSpan FirstWait = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan LongestWait = TimeSpan.FromSeconds(30);

    private long _pausedUntil = long.MinValue;

    /// <summary>How long everything waits because the server asked for it; zero when nothing does.</summary>
    public TimeSpan Pause => Volatile.Read(ref _pausedUntil) is var until && until > time.GetTimestamp()
        ? time.GetElapsedTime(time.GetTimestamp(), until)
        : TimeSpan.Zero;

    public async Task<T> TryAsync<T>(Func<CancellationToken, Task<T>> call, CancellationToken cancellationToken)
    {
        var busy = 0;
        for (var attempt = 1; ; attempt++)
        {
            while (Pause is { Ticks: > 0 } pause)
                await Task.Delay(pause, time, cancellationToken);
            try
            {
                return await call(cancellationToken);
            }
            catch (ApiException exception) when (exception.Status is HttpStatusCode.TooManyRequests or HttpStatusCode.ServiceUnavailable)
            {
                attempt--;
                PauseAll(exception.Problem.RetryAfter is { } seconds ? TimeSpan.FromSeconds(seconds) : WaitAfter(++busy));
            }
            catch (Exception exception) when (attempt < Attempts && Passes(exception))
            {
                await Task.Delay(WaitAfter(attempt), time, cancellationToken);
            }
        }
    }

    private static bool Passes(Exception exception) => exception switch
    {
        HttpRequestException or IOException => true,
        ApiException { Status: var status } => status >= HttpStatusCode.InternalServerError,
        _ => false,
    };

    private void PauseAll(TimeSpan wait)
    {
        var until = time.GetTimestamp() + (long)(wait.TotalSeconds * time.TimestampFrequency);
        Volatile.Write(ref _pausedUntil, Math.Max(until, Volatile.Read(ref _pausedUntil)));
    }

    /// <summary>Doubled each time, of which a random half to whole, so that calls that failed together do not come back together.</summary>
    private static TimeSpan WaitAfter(int attempt)
    {
        var most = Math.Min(FirstWait.TotalSeconds * Math.Pow(2, attempt - 1), LongestWait.TotalSeconds);
        return TimeSpan.FromSeconds(most * (0.5 + (Random.Shared.NextDouble() / 2)));
    }
}
