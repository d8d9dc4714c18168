using System.Text;
using System.Text.RegularExpressions;
using RagApp.Ingestion.Parsing.Formats.Archives;

namespace RagApp.Ingestion.Parsing;

/// <summary>
/// Says what a file is by its content, since a name may lie. Only between Markdown and plain text, which have
/// no marks of their own, does the name have a say.
/// </summary>
internal static partial class FormatDetector
{
    private const int HeadBytes = 16 * 1024;

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
        ([.. @"{\rtf"u8], "an RTF document"),
    ];

    public static string Detect(Stream file, string name)
    {
        file.Position = 0;
        var head = new byte[HeadBytes];
        head = head[..file.ReadAtLeast(head, HeadBytes, throwOnEndOfStream: false)];
        file.Position = 0;

        if (head.Length == 0)
            throw new ParseRefusedException("The file is empty (0 bytes).");
        if (head.AsSpan(0, Math.Min(head.Length, 1024)).IndexOf("%PDF-"u8) >= 0)
            return MediaTypes.Pdf;
        if (head.AsSpan().StartsWith("PK"u8) && head.Length > 3 && head[2] < 9)
            return DetectArchive(file);
        if (head.AsSpan().StartsWith((ReadOnlySpan<byte>)[0xD0, 0xCF, 0x11, 0xE0]))
            throw new ParseRefusedException(DescribeCompoundFile(head, file));
        foreach (var (mark, kind) in Refused)
        {
            if (head.AsSpan().StartsWith(mark))
                throw new ParseRefusedException($"This is {kind}. {ReadFormats.Sentence}");
        }
        return DetectText(head, name);
    }

    private static string DetectArchive(Stream file)
    {
        using var archive = OfficeArchive.Open(file);
        return archive.Has("word/document.xml") || archive.MainPart().StartsWith("word/", StringComparison.Ordinal)
            ? MediaTypes.Docx
            : throw new ParseRefusedException($"This is a ZIP archive or another Office format. {ReadFormats.Sentence}");
    }

    /// <summary>The old Office container, which also wraps new documents that are encrypted: then it has a stream of that name.</summary>
    private static string DescribeCompoundFile(byte[] head, Stream file)
    {
        var bytes = new byte[Math.Min(file.Length, 4 << 20)];
        file.ReadExactly(bytes);
        return bytes.AsSpan().IndexOf(Encoding.Unicode.GetBytes("EncryptedPackage")) >= 0
            ? "The document is protected by a password. Remove the password in its program and upload it again."
            : "This is an Office document of the old kind (.doc, .xls, .ppt, .msg). Save it as .docx or PDF and upload that.";
    }

    private static string DetectText(byte[] head, string name)
    {
        var text = TextDecoder.Decode(head);
        if (IsBinary(text))
            throw new ParseRefusedException($"The file holds no text that can be read. {ReadFormats.Sentence}");
        if (HtmlStart().IsMatch(text))
            return MediaTypes.Html;
        return IsMarkdownName(name) || LooksLikeMarkdown(text) ? MediaTypes.Markdown : MediaTypes.PlainText;
    }

    /// <summary>More than one character in ten that no text has.</summary>
    private static bool IsBinary(string text)
    {
        var strange = text.Count(c => c == '\uFFFD' || (char.IsControl(c) && c is not ('\t' or '\n' or '\r' or '\f' or '\e')));
        return strange * 10 > text.Length;
    }

    private static bool IsMarkdownName(string name) => Path.GetExtension(name).ToUpperInvariant() is ".MD" or ".MARKDOWN" or ".MDX";

    /// <summary>Two headings, fences or links in the first few pages.</summary>
    private static bool LooksLikeMarkdown(string text) => MarkdownMark().Count(text) >= 2;

    [GeneratedRegex(@"^\s*(<\?xml[^>]*>\s*)?(<!--.*?-->\s*)*<(!doctype\s+html|html|head|body|title|meta|div|p|h[1-6]|table|article|main|section|span|ul|ol|script|style)\b",
        RegexOptions.IgnoreCase | RegexOptions.Singleline, 2000)]
    private static partial Regex HtmlStart();

    [GeneratedRegex(@"^#{1,6} \S|^```|\]\((https?://|/|#)", RegexOptions.Multiline, 2000)]
    private static partial Regex MarkdownMark();
}
