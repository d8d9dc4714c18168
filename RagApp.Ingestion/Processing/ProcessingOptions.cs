using System.ComponentModel.DataAnnotations;

namespace RagApp.Ingestion.Processing;

/// <summary>Processing of documents, section <c>Processing</c>.</summary>
public sealed class ProcessingOptions
{
    public const string Section = "Processing";

    /// <summary>Number of documents processed at once, 1 to 64; by default one per processor.</summary>
    [Range(1, 64, ErrorMessage = "Processing:Workers lies between 1 and 64.")]
    public int Workers { get; set; } = Math.Clamp(Environment.ProcessorCount, 1, 64);

    /// <summary>Number of passages per request to the embedding service, 1 to 256; 32 by default.</summary>
    [Range(1, 256, ErrorMessage = "Processing:EmbeddingBatch lies between 1 and 256.")]
    public int EmbeddingBatch { get; set; } = 32;

    /// <summary>
    /// Time after which the lease of a job runs out unless it is renewed, 3 s to 1 h; 1 minute by default. After a
    /// crash, another worker takes the job after this time.
    /// </summary>
    [Range(typeof(TimeSpan), "00:00:03", "01:00:00", ErrorMessage = "Processing:Lease lies between 00:00:03 and 01:00:00.")]
    public TimeSpan Lease { get; set; } = TimeSpan.FromMinutes(1);

    /// <summary>Time that documents in progress have to finish when the service stops, 0 s to 10 min; 20 seconds by default.</summary>
    [Range(typeof(TimeSpan), "00:00:00", "00:10:00", ErrorMessage = "Processing:Drain lies between 00:00:00 and 00:10:00.")]
    public TimeSpan Drain { get; set; } = TimeSpan.FromSeconds(20);

    /// <summary>
    /// Time the service itself may spend on the text of one document (screening, cutting), 1 s to 2 h; 5 minutes by
    /// default. Parsing has its own limits.
    /// </summary>
    [Range(typeof(TimeSpan), "00:00:01", "02:00:00", ErrorMessage = "Processing:WorkTime lies between 00:00:01 and 02:00:00.")]
    public TimeSpan WorkTime { get; set; } = TimeSpan.FromMinutes(5);

    /// <summary>
    /// Time between two searches for unfinished documents without a job, 10 s to 1 day; 5 minutes by default. One search also
    /// runs at the start.
    /// </summary>
    [Range(typeof(TimeSpan), "00:00:10", "1.00:00:00", ErrorMessage = "Processing:Recovery lies between 00:00:10 and 1.00:00:00.")]
    public TimeSpan Recovery { get; set; } = TimeSpan.FromMinutes(5);
}
