using System.ComponentModel.DataAnnotations;
using Microsoft.Extensions.Options;

namespace RagApp.Ingestion.Parsing;

/// <summary>What one document may cost to read, section <c>Parser</c>.</summary>
public sealed class ParserOptions
{
    public const string Section = "Parser";

    /// <summary>Memory in MiB, 128 to 65,536; 512 by default.</summary>
    [Range(128, 65_536, ErrorMessage = "Parser:MemoryMiB lies between 128 and 65536.")]
    public int MemoryMiB { get; set; } = 512;

    /// <summary>Processor time in seconds, 1 to 3,600; 60 by default.</summary>
    [Range(1, 3_600, ErrorMessage = "Parser:CpuSeconds lies between 1 and 3600.")]
    public int CpuSeconds { get; set; } = 60;

    /// <summary>Time on the clock, 1 s to 2 h; 2 minutes by default.</summary>
    [Range(typeof(TimeSpan), "00:00:01", "02:00:00", ErrorMessage = "Parser:WallTime lies between 00:00:01 and 02:00:00.")]
    public TimeSpan WallTime { get; set; } = TimeSpan.FromMinutes(2);

    /// <summary>Largest result in MiB that is taken from the parser, 1 to 1,024; 64 by default.</summary>
    [Range(1, 1_024, ErrorMessage = "Parser:ResultMiB lies between 1 and 1024.")]
    public int ResultMiB { get; set; } = 64;

    /// <summary>Folder for the copy of a document while it is read; the system's temporary folder by default.</summary>
    [Required(ErrorMessage = "Parser:TempPath is empty: name a folder, or leave the setting out.")]
    public string TempPath { get; set; } = Path.GetTempPath();
}

[OptionsValidator]
internal sealed partial class ParserOptionsValidator : IValidateOptions<ParserOptions>;
