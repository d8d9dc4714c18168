using System.ComponentModel.DataAnnotations;

namespace RagApp.Ingestion.Processing.Members;

/// <summary>What may come out of one upload in all, however it is nested, section <c>Members</c>.</summary>
public sealed class MembersOptions
{
    public const string Section = "Members";

    /// <summary>How deep files in files are taken out, 0 (not at all) to 16; 4 by default: an attachment is at depth 1.</summary>
    [Range(0, 16, ErrorMessage = "Members:MaxDepth lies between 0 and 16.")]
    public int MaxDepth { get; set; } = 4;

    /// <summary>Documents, 1 to 20,000; 10,000 by default.</summary>
    [Range(1, 20_000, ErrorMessage = "Members:MaxDocuments lies between 1 and 20000.")]
    public int MaxDocuments { get; set; } = 10_000;

    /// <summary>Bytes when unpacked, 1 to 2^40; 4 GiB by default.</summary>
    [Range(1L, 1L << 40, ErrorMessage = "Members:MaxBytes lies between 1 and 1099511627776.")]
    public long MaxBytes { get; set; } = 4L << 30;

    /// <summary>How many times the size of the upload they may unpack to, 1 to 10,000; 200 by default. Up to 64 MiB unpack whatever the ratio.</summary>
    [Range(1, 10_000, ErrorMessage = "Members:MaxRatio lies between 1 and 10000.")]
    public int MaxRatio { get; set; } = 200;
}
