using System.ComponentModel.DataAnnotations;

namespace RagApp.Embedding.Scheduling;

/// <summary>How the embedded model's runs are scheduled, section <c>Embedding:Scheduling</c>.</summary>
public sealed class SchedulingOptions
{
    public const string Section = "Embedding:Scheduling";

    /// <summary>Runs side by side, each on one thread, 1 to 256; as many as there are processors by default.</summary>
    [Range(1, 256, ErrorMessage = "Embedding:Scheduling:Runs lies between 1 and 256.")]
    public int Runs { get; set; } = Environment.ProcessorCount;

    /// <summary>Texts of interactive requests that may wait, 1 to 100,000; 1,024 by default.</summary>
    [Range(1, 100_000, ErrorMessage = "Embedding:Scheduling:InteractiveCapacity lies between 1 and 100000.")]
    public int InteractiveCapacity { get; set; } = 1024;

    /// <summary>Texts of bulk requests that may wait, 1 to 100,000; 1,024 by default: about a minute's work of two processors.</summary>
    [Range(1, 100_000, ErrorMessage = "Embedding:Scheduling:BulkCapacity lies between 1 and 100000.")]
    public int BulkCapacity { get; set; } = 1024;
}
