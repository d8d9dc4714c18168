using System.ComponentModel.DataAnnotations;

namespace RagApp.Embedding.Scheduling;

/// <summary>Scheduling of the embedded models' runs, section <c>Embedding:Scheduling</c>.</summary>
public sealed class SchedulingOptions
{
    public const string Section = "Embedding:Scheduling";

    /// <summary>Number of parallel runs, each on one thread, 1 to 256; the number of processors by default.</summary>
    [Range(1, 256, ErrorMessage = "Embedding:Scheduling:Runs lies between 1 and 256.")]
    public int Runs { get; set; } = Environment.ProcessorCount;

    /// <summary>
    /// Number of further parallel runs, of questions only, 0 to 256; 1 by default. With them a question does not wait for the end of a
    /// run of bulk work, but shares the processors with it.
    /// </summary>
    [Range(0, 256, ErrorMessage = "Embedding:Scheduling:QuestionRuns lies between 0 and 256.")]
    public int QuestionRuns { get; set; } = 1;

    /// <summary>Largest number of waiting texts of interactive requests, 1 to 100,000; 1,024 by default.</summary>
    [Range(1, 100_000, ErrorMessage = "Embedding:Scheduling:InteractiveCapacity lies between 1 and 100000.")]
    public int InteractiveCapacity { get; set; } = 1024;

    /// <summary>Largest number of waiting texts of bulk requests, 1 to 100,000; 1,024 by default: about a minute's work of two processors.</summary>
    [Range(1, 100_000, ErrorMessage = "Embedding:Scheduling:BulkCapacity lies between 1 and 100000.")]
    public int BulkCapacity { get; set; } = 1024;
}
