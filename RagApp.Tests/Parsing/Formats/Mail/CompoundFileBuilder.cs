using System.Buffers.Binary;
using System.Text;

namespace RagApp.Tests.Parsing.Formats.Mail;

/// <summary>
/// Writes compound files in the simplest valid form: sectors of 512 bytes, each folder's children as a linked list, small
/// streams in mini sectors.
/// </summary>
internal sealed class CompoundFileBuilder
{
    private const int Sector = 512;
    private const int SmallSector = 64;
    private const int LargeFrom = 4096;
    private const uint EndOfChain = 0xFFFFFFFE;
    private const uint TableSector = 0xFFFFFFFD;
    private const uint None = 0xFFFFFFFF;

    private readonly List<(string Name, byte[]? Content, List<int> Children)> _entries = [("Root Entry", null, [])];

    public int Folder(string name, int parent = 0) => Add(name, null, parent);

    public void File(string name, byte[] content, int parent = 0) => Add(name, content, parent);

    public byte[] Build()
    {
        var large = new List<byte>();
        var small = new List<byte>();
        var table = new List<uint>();
        var smallTable = new List<uint>();
        var starts = _entries.Select(entry => entry.Content is not { Length: > 0 } content ? None
            : content.Length < LargeFrom ? Append(small, smallTable, content, SmallSector)
            : Append(large, table, content, Sector)).ToList();
        var smallStream = Append(large, table, [.. small], Sector);
        var smallTableStart = Append(large, table, ToBytes(smallTable), Sector);
        var directory = Append(large, table, Directory(starts, smallStream, small.Count), Sector);

        var tableSectors = 1;
        while (tableSectors * Sector / 4 < table.Count + tableSectors)
            tableSectors++;
        var firstTable = table.Count;
        table.AddRange(Enumerable.Repeat(TableSector, tableSectors));
        table.AddRange(Enumerable.Repeat(None, tableSectors * Sector / 4 - table.Count));
        return [.. Header(directory, smallTableStart, firstTable, tableSectors), .. large, .. ToBytes(table)];
    }

    private int Add(string name, byte[]? content, int parent)
    {
        _entries.Add((name, content, []));
        _entries[parent].Children.Add(_entries.Count - 1);
        return _entries.Count - 1;
    }

    private static uint Append(List<byte> bytes, List<uint> table, byte[] content, int sector)
    {
        if (content.Length == 0)
            return EndOfChain;
        var start = (uint)table.Count;
        var count = (content.Length + sector - 1) / sector;
        for (var i = 1; i <= count; i++)
            table.Add(i == count ? EndOfChain : start + (uint)i);
        bytes.AddRange(content);
        bytes.AddRange(new byte[count * sector - content.Length]);
        return start;
    }

    private byte[] Directory(List<uint> starts, uint smallStream, int smallBytes)
    {
        var next = _entries.Select(_ => None).ToList();
        foreach (var (_, _, children) in _entries)
        {
            for (var i = 0; i + 1 < children.Count; i++)
                next[children[i]] = (uint)children[i + 1];
        }
        var bytes = new byte[(_entries.Count + 3) / 4 * Sector];
        for (var i = 0; i < _entries.Count; i++)
        {
            var (name, content, children) = _entries[i];
            var record = bytes.AsSpan(i * 128, 128);
            Encoding.Unicode.GetBytes(name).CopyTo(record);
            BinaryPrimitives.WriteUInt16LittleEndian(record[64..], (ushort)((name.Length + 1) * 2));
            record[66] = (byte)(i == 0 ? 5 : content is null ? 1 : 2);
            BinaryPrimitives.WriteUInt32LittleEndian(record[68..], None);
            BinaryPrimitives.WriteUInt32LittleEndian(record[72..], next[i]);
            BinaryPrimitives.WriteUInt32LittleEndian(record[76..], children.Count > 0 ? (uint)children[0] : None);
            BinaryPrimitives.WriteUInt32LittleEndian(record[116..], i == 0 ? smallStream : starts[i]);
            BinaryPrimitives.WriteUInt32LittleEndian(record[120..], (uint)(i == 0 ? smallBytes : content?.Length ?? 0));
        }
        return bytes;
    }

    private static byte[] Header(uint directory, uint smallTable, int firstTable, int tableSectors)
    {
        var header = new byte[Sector];
        ((ReadOnlySpan<byte>)[0xD0, 0xCF, 0x11, 0xE0, 0xA1, 0xB1, 0x1A, 0xE1]).CopyTo(header);
        header[0x1A] = 3;
        header[0x1E] = 9;
        header[0x20] = 6;
        void Put(int at, uint value) => BinaryPrimitives.WriteUInt32LittleEndian(header.AsSpan(at), value);
        Put(0x2C, (uint)tableSectors);
        Put(0x30, directory);
        Put(0x38, LargeFrom);
        Put(0x3C, smallTable);
        Put(0x44, EndOfChain);
        for (var i = 0; i < 109; i++)
            Put(0x4C + 4 * i, i < tableSectors ? (uint)(firstTable + i) : None);
        return header;
    }

    private static byte[] ToBytes(List<uint> numbers)
    {
        var bytes = new byte[numbers.Count * 4];
        for (var i = 0; i < numbers.Count; i++)
            BinaryPrimitives.WriteUInt32LittleEndian(bytes.AsSpan(4 * i), numbers[i]);
        return bytes;
    }
}
