using System.Collections.Frozen;

namespace RagApp.Parsing.Members;

/// <summary>
/// Kinds of file that no format reads, recognized by their first bytes, or by their extension where those say nothing.
/// Used only for files inside others; an uploaded file of such a kind is refused with a reason.
/// </summary>
internal static class UnreadKinds
{
    public const int HeadBytes = 4 * 1024;

    private const string Pictures = "pictures";
    private const string Sounds = "sound or film";
    private const string Programs = "programs";
    private const string Fonts = "fonts";
    private const string Signatures = "signatures";
    private const string Empty = "empty files";

    private static readonly (int At, byte[] Mark, string Kind)[] Marks =
    [
        (0, [0x89, .. "PNG"u8], Pictures),
        (0, [0xFF, 0xD8, 0xFF], Pictures),
        (0, [.. "GIF8"u8], Pictures),
        (0, [.. "II*\0"u8], Pictures),
        (0, [.. "MM\0*"u8], Pictures),
        (0, [.. "8BPS"u8], Pictures),
        (8, [.. "WEBP"u8], Pictures),
        (40, [.. " EMF"u8], Pictures),
        (0, [0xD7, 0xCD, 0xC6, 0x9A], Pictures),
        (0, [0, 0, 1, 0], Pictures),
        (4, [.. "ftyp"u8], Sounds),
        (0, [.. "RIFF"u8], Sounds),
        (0, [.. "OggS"u8], Sounds),
        (0, [.. "ID3"u8], Sounds),
        (0, [.. "fLaC"u8], Sounds),
        (0, [0x1A, 0x45, 0xDF, 0xA3], Sounds),
        (0, [0x30, 0x26, 0xB2, 0x75], Sounds),
        (0, [0x7F, .. "ELF"u8], Programs),
        (0, [0xCA, 0xFE, 0xBA, 0xBE], Programs),
        (0, [.. "wOFF"u8], Fonts),
        (0, [.. "wOF2"u8], Fonts),
        (0, [.. "OTTO"u8], Fonts),
        (0, [0, 1, 0, 0, 0], Fonts),
        (0, [.. "-----BEGIN PGP SIGNATURE"u8], Signatures),
    ];

    private static readonly FrozenDictionary<string, string> Endings = new Dictionary<string, string>(StringComparer.OrdinalIgnoreCase)
    {
        [".bmp"] = Pictures, [".svg"] = Pictures, [".svgz"] = Pictures, [".heic"] = Pictures, [".ico"] = Pictures,
        [".mp3"] = Sounds, [".mpg"] = Sounds, [".mpeg"] = Sounds, [".avi"] = Sounds,
        [".exe"] = Programs, [".dll"] = Programs, [".so"] = Programs, [".class"] = Programs, [".jar"] = Programs,
        [".p7s"] = Signatures, [".sig"] = Signatures, [".asc"] = Signatures,
    }.ToFrozenDictionary(StringComparer.OrdinalIgnoreCase);

    /// <summary>The kind of file, in the plural; null when the file may be read.</summary>
    public static string? Find(ReadOnlySpan<byte> head, string name)
    {
        if (head.IsEmpty)
            return Empty;
        foreach (var (at, mark, kind) in Marks)
        {
            if (head.Length > at && head[at..].StartsWith(mark))
                return kind;
        }
        return Endings.GetValueOrDefault(Path.GetExtension(name));
    }
}
