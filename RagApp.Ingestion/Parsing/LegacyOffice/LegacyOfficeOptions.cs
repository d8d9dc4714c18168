using System.ComponentModel.DataAnnotations;

namespace RagApp.Ingestion.Parsing.LegacyOffice;

/// <summary>Reading of .doc, .xls and .ppt, section <c>Parser:LegacyOffice</c>.</summary>
public sealed class LegacyOfficeOptions
{
    /// <summary>Program of LibreOffice; <c>soffice</c> by default, used when it is on the PATH. Empty turns it off.</summary>
    public string LibreOffice { get; set; } = "soffice";

    /// <summary>Memory limit of LibreOffice in MiB, 256 to 65,536; 1,024 by default.</summary>
    [Range(256, 65_536, ErrorMessage = "Parser:LegacyOffice:MemoryMiB lies between 256 and 65536.")]
    public int MemoryMiB { get; set; } = 1_024;

    /// <summary>Longest time for converting one document, 1 s to 2 h; 2 minutes by default.</summary>
    [Range(typeof(TimeSpan), "00:00:01", "02:00:00", ErrorMessage = "Parser:LegacyOffice:WallTime lies between 00:00:01 and 02:00:00.")]
    public TimeSpan WallTime { get; set; } = TimeSpan.FromMinutes(2);

    /// <summary>Base address of an Unstructured-compatible server that reads these files instead of LibreOffice; none by default.</summary>
    public Uri? Endpoint { get; set; }

    /// <summary>API key of that server; none by default.</summary>
    public string? ApiKey { get; set; }
}
