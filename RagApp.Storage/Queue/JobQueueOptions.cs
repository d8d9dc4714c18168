using System.ComponentModel.DataAnnotations;

namespace RagApp.Storage.Queue;

/// <summary>Retries of failed jobs, section <c>Queue</c>.</summary>
public sealed class JobQueueOptions
{
    public const string Section = "Queue";

    /// <summary>
    /// Largest number of attempts of a job, 1 to 100; 10 by default, which with the default waits below bridges an outage of 7 to 13 minutes.
    /// A worker that dies counts as an attempt.
    /// </summary>
    [Range(1, 100, ErrorMessage = "Queue:MaxAttempts lies between 1 and 100.")]
    public int MaxAttempts { get; set; } = 10;

    /// <summary>Back-off before the second attempt, 00:00:00.1 to 01:00:00; 2 seconds by default. It doubles with every attempt.</summary>
    [Range(typeof(TimeSpan), "00:00:00.1", "01:00:00", ErrorMessage = "Queue:FirstDelay lies between 00:00:00.1 and 01:00:00.")]
    public TimeSpan FirstDelay { get; set; } = TimeSpan.FromSeconds(2);

    /// <summary>Longest back-off between attempts, 00:00:01 to 1.00:00:00; 5 minutes by default.</summary>
    [Range(typeof(TimeSpan), "00:00:01", "1.00:00:00", ErrorMessage = "Queue:MaxDelay lies between 00:00:01 and 1.00:00:00.")]
    public TimeSpan MaxDelay { get; set; } = TimeSpan.FromMinutes(5);

    /// <summary>
    /// The back-off after an attempt: doubled each time up to <see cref="MaxDelay"/>, with a random jitter down to half of it, so
    /// that jobs that failed together are not retried together.
    /// </summary>
    internal TimeSpan DelayAfter(int attempt)
    {
        var most = Math.Min(FirstDelay.TotalSeconds * Math.Pow(2, attempt - 1), MaxDelay.TotalSeconds);
        return TimeSpan.FromSeconds(most * (0.5 + (Random.Shared.NextDouble() / 2)));
    }
}
