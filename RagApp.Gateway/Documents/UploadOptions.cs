using System.ComponentModel.DataAnnotations;

namespace RagApp.Gateway.Documents;

/// <summary>Limits of an upload, section <c>Upload</c>.</summary>
internal sealed class UploadOptions
{
    public const string Section = "Upload";

    /// <summary>Bytes allowed in a multipart body besides the file: boundaries, part headers, path and access entries.</summary>
    public const long FormOverhead = 1024 * 1024;

    /// <summary>Largest file in bytes, 1 to 10 GiB; 1 GiB by default. The ingestion service has its own limit.</summary>
    [Range(1, 10L << 30, ErrorMessage = "Upload:MaxFileBytes lies between 1 and 10737418240.")]
    public long MaxFileBytes { get; set; } = 1L << 30;
}
