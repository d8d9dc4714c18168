namespace RagApp.Parsing;

/// <summary>Limits checked by the formats while they read. Memory and time are limited by the process.</summary>
internal static class ParseLimits
{
    /// <summary>Largest number of pages in a document.</summary>
    public const int Pages = 10_000;

    /// <summary>Largest unpacked size in bytes of one stream of a PDF (a page's content, a font).</summary>
    public const long PdfStreamBytes = 64L << 20;

    /// <summary>Largest number of characters of text from one document: about 2,500 printed pages.</summary>
    public const int Characters = 10_000_000;

    /// <summary>Largest unpacked size in bytes of one compressed part.</summary>
    public const long PartBytes = 256L << 20;

    /// <summary>Largest unpacked size in bytes of all parts read from an archive together.</summary>
    public const long ArchiveBytes = 1024L << 20;

    /// <summary>Largest ratio of unpacked to compressed size of a part. Text and tables reach 100, a decompression bomb 1,000.</summary>
    public const int UnpackRatio = 400;

    /// <summary>Unpacked size in bytes up to which the ratio of a part is not checked.</summary>
    public const long SmallPartBytes = 8L << 20;

    /// <summary>Largest number of entries in an archive.</summary>
    public const int ArchiveEntries = 20_000;

    /// <summary>Largest number of files inside one file that become documents.</summary>
    public const int Members = 20_000;

    /// <summary>Largest ratio of unpacked to compressed size of an archive.</summary>
    public const int Ratio = 200;

    /// <summary>Unpacked size in bytes up to which the ratio of an archive is not checked.</summary>
    public const long HarmlessBytes = 64L << 20;

    /// <summary>Largest size in bytes of one file inside another.</summary>
    public const long MemberBytes = 256L << 20;

    /// <summary>Largest size in bytes of a file that is read as a whole: text, Markdown and web pages.</summary>
    public const long TextBytes = 64L << 20;

    /// <summary>Largest number of warnings kept.</summary>
    public const int Warnings = 50;
}
