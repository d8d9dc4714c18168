using System.Buffers.Binary;
using System.Text;

namespace RagApp.Parsing.Formats.CompoundFiles;

/// <summary>
/// A 128-byte record of the directory: a node in the binary tree of a storage's children, with links to the left, the right and
/// its own children.
/// </summary>
internal sealed class DirectoryRecord(byte[] bytes)
{
    public const int Bytes = 128;

    private const byte Storage = 1;

    public bool IsStorage => bytes[0x42] == Storage;

    public int Left => Link(0x44);

    public int Right => Link(0x48);

    public int Child => Link(0x4C);

    public CompoundEntry ToEntry(bool isStorage) => new(Name(), isStorage, Link(0x74), BinaryPrimitives.ReadUInt32LittleEndian(bytes.AsSpan(0x78)));

    /// <summary>The name in UTF-16; its stored length is in bytes and includes the NUL at the end.</summary>
    private string Name()
    {
        var length = Math.Clamp(BinaryPrimitives.ReadUInt16LittleEndian(bytes.AsSpan(0x40)) - 2, 0, 62);
        return Encoding.Unicode.GetString(bytes, 0, length & ~1);
    }

    private int Link(int at) => BinaryPrimitives.ReadInt32LittleEndian(bytes.AsSpan(at));
}
