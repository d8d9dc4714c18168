namespace RagApp.Parsing.Detection;

/// <summary>Kinds of file that people upload but no format reads, recognized by their first bytes.</summary>
internal static class RefusedKinds
{
    private static readonly (byte[] Mark, string Kind)[] Marks =
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

    /// <summary>The kind of file, as part of a sentence; null when the file may be read.</summary>
    public static string? Find(ReadOnlySpan<byte> head)
    {
        foreach (var (mark, kind) in Marks)
        {
            if (head.StartsWith(mark))
                return kind;
        }
        return null;
    }
}
