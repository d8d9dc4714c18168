using System.ComponentModel.DataAnnotations;

namespace RagApp.Ingestion.Intake;

/// <summary>Limits of uploads, section <c>Intake</c>.</summary>
public sealed class IntakeOptions
{
    public const string Section = "Intake";

    /// <summary>Largest file in bytes, 1 to 2^40; 1 GiB by default.</summary>
    [Range(1L, 1L << 40, ErrorMessage = "Intake:MaxFileBytes lies between 1 and 1099511627776.")]
    public long MaxFileBytes { get; set; } = 1L << 30;

    /// <summary>
    /// Number of jobs that may wait in the queue, 1 to 10,000,000; 100,000 by default. A tenant may hold as many places
    /// as are left free; further uploads are answered with 429.
    /// </summary>
    [Range(1L, 10_000_000L, ErrorMessage = "Intake:MaxQueueDepth lies between 1 and 10000000.")]
    public long MaxQueueDepth { get; set; } = 100_000;

    /// <summary>Value of <c>Retry-After</c> in an answer with 429, 1 s to 1 h; 30 seconds by default.</summary>
    [Range(typeof(TimeSpan), "00:00:01", "01:00:00", ErrorMessage = "Intake:RetryAfter lies between 00:00:01 and 01:00:00.")]
    public TimeSpan RetryAfter { get; set; } = TimeSpan.FromSeconds(30);
}
