namespace RagApp.Ingestion.Parsing;

/// <summary>What the formats count while they read. Memory and time are bounded by the process around them.</summary>
internal static class ParseLimits
{
    /// <summary>Most pages of one document.</summary>
    public const int Pages = 10_000;

    /// <summary>Most bytes that one stream of a PDF (a page's content, a font) may unpack to.</summary>
    public const long PdfStreamBytes = 64L << 20;

    /// <summary>Most characters of text that come out of one document: about 2,500 printed pages.</summary>
    public const int Characters = 10_000_000;

    /// <summary>Most bytes that one compressed part may unpack to.</summary>
    public const long PartBytes = 256L << 20;

    /// <summary>Most bytes that all parts of an archive may unpack to, as they are read.</summary>
    public const long ArchiveBytes = 1024L << 20;

    /// <summary>Most times its compressed size that a part may unpack to; text and tables reach 100, a bomb 1,000.</summary>
    public const int UnpackRatio = 400;

    /// <summary>A part of so many bytes is too small for its ratio to matter.</summary>
    public const long SmallPartBytes = 8L << 20;

    /// <summary>Most entries of an archive's directory.</summary>
    public const int ArchiveEntries = 20_000;

    /// <summary>Most files inside one file that become documents of their own.</summary>
    public const int Members = 20_000;

    /// <summary>How many times its size an archive may unpack to.</summary>
    public const int Ratio = 200;

    /// <summary>Bytes that may come out of an archive whatever the ratio: they harm nobody.</summary>
    public const long HarmlessBytes = 64L << 20;

    /// <summary>Most bytes of one such file.</summary>
    public const long MemberBytes = 256L << 20;

    /// <summary>Largest file that is read whole: text, Markdown and web pages.</summary>
    public const long TextBytes = 64L << 20;

    /// <summary>Most warnings that are kept.</summary>
    public const int Warnings = 50;
}
