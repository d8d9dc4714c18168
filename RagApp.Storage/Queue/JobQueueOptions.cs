using System.ComponentModel.DataAnnotations;

namespace RagApp.Storage.Queue;

/// <summary>How often and how soon failed work is tried again, section <c>Queue</c>.</summary>
public sealed class JobQueueOptions
{
    public const string Section = "Queue";

    /// <summary>Attempts before a job is given up, 1 to 100; 10 by default, which together with the waits below is 7 to 13 minutes of outage. A worker that dies counts as an attempt.</summary>
    [Range(1, 100, ErrorMessage = "Queue:MaxAttempts lies between 1 and 100.")]
    public int MaxAttempts { get; set; } = 10;

    /// <summary>Wait before the second attempt, 00:00:00.1 to 01:00:00; 2 seconds by default. It doubles with every attempt.</summary>
    [Range(typeof(TimeSpan), "00:00:00.1", "01:00:00", ErrorMessage = "Queue:FirstDelay lies between 00:00:00.1 and 01:00:00.")]
    public TimeSpan FirstDelay { get; set; } = TimeSpan.FromSeconds(2);

    /// <summary>Longest wait between attempts, 00:00:01 to 1.00:00:00; 5 minutes by default.</summary>
    [Range(typeof(TimeSpan), "00:00:01", "1.00:00:00", ErrorMessage = "Queue:MaxDelay lies between 00:00:01 and 1.00:00:00.")]
    public TimeSpan MaxDelay { get; set; } = TimeSpan.FromMinutes(5);

    /// <summary>
    /// The wait after an attempt, doubled each time up to <see cref="MaxDelay"/>, and of that a random half to
    /// whole, so that jobs that failed together do not come back together.
    /// </summary>
    internal TimeSpan DelayAfter(int attempt)
    {
        var most = Math.Min(FirstDelay.TotalSeconds * Math.Pow(2, attempt - 1), MaxDelay.TotalSeconds);
        return TimeSpan.FromSeconds(most * (0.5 + (Random.Shared.NextDouble() / 2)));
    }
}
