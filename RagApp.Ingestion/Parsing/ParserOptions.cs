using System.ComponentModel.DataAnnotations;
using Microsoft.Extensions.Options;
using RagApp.Ingestion.Parsing.LegacyOffice;
using RagApp.Parsing.Child;

namespace RagApp.Ingestion.Parsing;

/// <summary>Limits on reading one document, section <c>Parser</c>.</summary>
public sealed class ParserOptions
{
    public const string Section = "Parser";

    /// <summary>Memory limit in MiB, 128 to 65,536; 512 by default.</summary>
    [Range(128, 65_536, ErrorMessage = "Parser:MemoryMiB lies between 128 and 65536.")]
    public int MemoryMiB { get; set; } = 512;

    /// <summary>Limit on processor time in seconds, 1 to 3,600; 60 by default.</summary>
    [Range(1, 3_600, ErrorMessage = "Parser:CpuSeconds lies between 1 and 3600.")]
    public int CpuSeconds { get; set; } = 60;

    /// <summary>Limit on elapsed time, 1 s to 2 h; 2 minutes by default.</summary>
    [Range(typeof(TimeSpan), "00:00:01", "02:00:00", ErrorMessage = "Parser:WallTime lies between 00:00:01 and 02:00:00.")]
    public TimeSpan WallTime { get; set; } = TimeSpan.FromMinutes(2);

    /// <summary>
    /// Limits of single formats, by short name (<c>pdf</c>, <c>docx</c>, ...); a limit that is left out has the general value
    /// above.
    /// </summary>
    public Dictionary<string, FormatLimits> Formats { get; set; } = new(StringComparer.OrdinalIgnoreCase);

    /// <summary>Largest result in MiB accepted from the parser, 1 to 1,024; 64 by default.</summary>
    [Range(1, 1_024, ErrorMessage = "Parser:ResultMiB lies between 1 and 1024.")]
    public int ResultMiB { get; set; } = 64;

    /// <summary>
    /// Number of small documents of one tenant that a parser process reads before it is replaced, 1 (a new process for
    /// every document) to 1,000; 32 by default.
    /// </summary>
    [Range(1, 1_000, ErrorMessage = "Parser:ReuseDocuments lies between 1 and 1000.")]
    public int ReuseDocuments { get; set; } = 32;

    /// <summary>
    /// Size in KiB up to which a document is small, 1 to 65,536; 1,024 by default. A larger document always has a parser
    /// process of its own.
    /// </summary>
    [Range(1, 65_536, ErrorMessage = "Parser:ReuseKiB lies between 1 and 65536.")]
    public int ReuseKiB { get; set; } = 1_024;

    /// <summary>Folder for the copy of a document while it is read; the system's temporary folder by default.</summary>
    [Required(ErrorMessage = "Parser:TempPath is empty: name a folder, or leave the setting out.")]
    public string TempPath { get; set; } = Path.GetTempPath();

    /// <summary>Reading of scanned pages.</summary>
    [ValidateObjectMembers]
    public OcrOptions Ocr { get; set; } = new();

    /// <summary>Reading of .doc, .xls and .ppt.</summary>
    [ValidateObjectMembers]
    public LegacyOfficeOptions LegacyOffice { get; set; } = new();

    internal ParserBounds Bounds
    {
        get
        {
            var usual = new ParserLimits(MemoryMiB, CpuSeconds, WallTime);
            return new ParserBounds(usual, Formats.ToDictionary(
                pair => pair.Key.ToLowerInvariant(), pair => pair.Value.Over(usual), StringComparer.Ordinal));
        }
    }
}

/// <summary>Limits of one format; null means the general limit.</summary>
public sealed class FormatLimits
{
    /// <inheritdoc cref="ParserOptions.MemoryMiB"/>
    public int? MemoryMiB { get; set; }

    /// <inheritdoc cref="ParserOptions.CpuSeconds"/>
    public int? CpuSeconds { get; set; }

    /// <inheritdoc cref="ParserOptions.WallTime"/>
    public TimeSpan? WallTime { get; set; }

    internal ParserLimits Over(ParserLimits usual) =>
        new(MemoryMiB ?? usual.MemoryMiB, CpuSeconds ?? usual.CpuSeconds, WallTime ?? usual.WallTime);
}
