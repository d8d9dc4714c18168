using System.ComponentModel.DataAnnotations;

namespace RagApp.Ingestion.Processing.Children;

/// <summary>Limits on all files inside one upload, at every depth, section <c>Members</c>.</summary>
public sealed class MembersOptions
{
    public const string Section = "Members";

    /// <summary>Depth down to which files inside files are extracted, 0 (none) to 16; 4 by default. An attachment is at depth 1.</summary>
    [Range(0, 16, ErrorMessage = "Members:MaxDepth lies between 0 and 16.")]
    public int MaxDepth { get; set; } = 4;

    /// <summary>Largest number of documents from one upload, 1 to 20,000; 10,000 by default.</summary>
    [Range(1, 20_000, ErrorMessage = "Members:MaxDocuments lies between 1 and 20000.")]
    public int MaxDocuments { get; set; } = 10_000;

    /// <summary>Largest unpacked size of all files together in bytes, 1 to 2^40; 4 GiB by default.</summary>
    [Range(1L, 1L << 40, ErrorMessage = "Members:MaxBytes lies between 1 and 1099511627776.")]
    public long MaxBytes { get; set; } = 4L << 30;

    /// <summary>
    /// Largest ratio of the unpacked size to the size of the upload, 1 to 10,000; 200 by default. The ratio is not checked up
    /// to 64 MiB.
    /// </summary>
    [Range(1, 10_000, ErrorMessage = "Members:MaxRatio lies between 1 and 10000.")]
    public int MaxRatio { get; set; } = 200;
}
