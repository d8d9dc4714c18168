using System.Net;
using RagApp.Contracts.Http;

namespace RagApp.Cli.Ingest;

/// <summary>
/// Retries calls that failed for a temporary reason. When the server is overloaded (429, 503), all calls pause together, however
/// often that happens; other failures are tried <see cref="Attempts"/> times with exponential back-off.
/// </summary>
internal sealed class RetryBackoff(TimeProvider time)
{
    public const int Attempts = 8;

    private static readonly TimeSpan FirstWait = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan LongestWait = TimeSpan.FromSeconds(30);

    private long _pausedUntil = long.MinValue;

    /// <summary>Remaining pause that the server asked all calls to make; zero when there is none.</summary>
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

    /// <summary>
    /// Exponential back-off with jitter: the wait doubles each time, and a random 50 to 100 % of it is used, so that failed
    /// calls do not return together.
    /// </summary>
    private static TimeSpan WaitAfter(int attempt)
    {
        var most = Math.Min(FirstWait.TotalSeconds * Math.Pow(2, attempt - 1), LongestWait.TotalSeconds);
        return TimeSpan.FromSeconds(most * (0.5 + (Random.Shared.NextDouble() / 2)));
    }
}
