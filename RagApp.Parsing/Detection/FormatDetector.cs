using RagApp.Parsing.Formats.CompoundFiles;
using RagApp.Parsing.Formats.PlainText;

namespace RagApp.Parsing.Detection;

/// <summary>
/// Finds the format of a file by its content, since a name may be wrong: 1. a format that recognizes the content, 2. a
/// text format with the file's extension, 3. a text format whose notation the text has, 4. otherwise plain text.
/// </summary>
internal static class FormatDetector
{
    /// <exception cref="ParseRefusedException">The file is of a kind that cannot be read.</exception>
    public static IDocumentFormat Detect(FormatRegistry formats, Stream file, string name)
    {
        using var sample = new FileSample(file, name);
        if (sample.Head.Length == 0)
            throw new ParseRefusedException("The file is empty (0 bytes).");
        if (formats.All.FirstOrDefault(format => format.Recognizes(sample)) is { } recognized) // 1
            return recognized;
        if (sample.Compound is { } root)
            throw RefuseCompound(root, formats);
        if (RefusedKinds.Find(sample.Head) is { } kind)
            throw new ParseRefusedException($"This is {kind}. {formats.Sentence}");
        if (sample.Text is null)
            throw new ParseRefusedException($"The file holds no text that can be read. {formats.Sentence}");

        var texts = formats.All.OfType<ITextFormat>().ToList();
        return texts.Find(format => format.Extensions.Contains(sample.Extension)) // 2
            ?? texts.Find(format => format.LooksLike(sample)) // 3
            ?? (IDocumentFormat)formats.All.OfType<PlainTextFormat>().Single(); // 4
    }

    private static ParseRefusedException RefuseCompound(CompoundEntry root, FormatRegistry formats) => new(root switch
    {
        _ when root.Find("EncryptedPackage") is not null => "The document is protected by a password. Remove the password in its program and upload it again.",
        _ when root.Find("VisioDocument") is not null => "This is a Visio drawing. Save it as PDF and upload that.",
        _ when root.Find("Quill") is not null => "This is a Publisher document. Save it as PDF and upload that.",
        _ => $"This is an Office file that holds no document. {formats.Sentence}",
    });
}
