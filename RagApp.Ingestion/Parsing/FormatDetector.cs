using RagApp.Ingestion.Parsing.Detection;

namespace RagApp.Ingestion.Parsing;

/// <summary>
/// Says what a file is by its content, since a name may lie: by the mark that it begins with, then by what is
/// inside an archive or how its text reads. Only between kinds of text that have no marks of their own does the
/// name have a say.
/// </summary>
internal static class FormatDetector
{
    private const int HeadBytes = 16 * 1024;

    /// <summary>Some programs put a few lines of their own in front of a PDF.</summary>
    private const int LatestPdfMark = 1024;

    private static readonly (byte[] Mark, string Kind)[] Refused =
    [
        ([0x89, .. "PNG"u8], "a picture"),
        ([0xFF, 0xD8, 0xFF], "a picture"),
        ([.. "GIF8"u8], "a picture"),
        ([.. "II*\0"u8], "a picture"),
        ([.. "MM\0*"u8], "a picture"),
        ([0x7F, .. "ELF"u8], "a program"),
        ([.. "MZ"u8], "a program"),
        ([0x1F, 0x8B], "a gzip archive"),
        ([.. "7z"u8, 0xBC, 0xAF], "a 7-Zip archive"),
        ([.. "Rar!"u8], "a RAR archive"),
    ];

    /// <exception cref="ParseRefusedException">It is of no kind that is read.</exception>
    public static string Detect(Stream file, string name)
    {
        var head = ReadHead(file);
        if (head.Length == 0)
            throw new ParseRefusedException("The file is empty (0 bytes).");
        if (head.AsSpan(0, Math.Min(head.Length, LatestPdfMark)).IndexOf("%PDF-"u8) >= 0)
            return MediaTypes.Pdf;
        if (head is [(byte)'P', (byte)'K', < 9, < 9, ..])
            return ArchiveKind.Detect(file);
        if (head is [0xD0, 0xCF, 0x11, 0xE0, ..])
            return CompoundKind.Detect(file);
        foreach (var (mark, kind) in Refused)
        {
            if (head.AsSpan().StartsWith(mark))
                throw new ParseRefusedException($"This is {kind}. {ReadFormats.Sentence}");
        }
        return TextKind.Detect(head, name);
    }

    private static byte[] ReadHead(Stream file)
    {
        file.Position = 0;
        var head = new byte[HeadBytes];
        var read = file.ReadAtLeast(head, HeadBytes, throwOnEndOfStream: false);
        file.Position = 0;
        return head[..read];
    }
}
