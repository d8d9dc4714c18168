using System.Buffers.Binary;
using System.Text;

namespace RagApp.Ingestion.Parsing.Detection;

/// <summary>
/// The directory of an OLE compound file, as far as telling formats apart needs it:
/// <code>
/// header          sector size (2^n at 30), first directory sector (48), sectors of the allocation table (from 76)
/// table sectors   for each sector the number of the next one of its stream
/// directory       entries of 128 bytes: name (UTF-16), its length (64), left (68), right (72) and child (76) entry
/// </code>
/// The entries of a folder form a tree; the first entry is the root folder. Whatever is damaged ends the search.
/// </summary>
internal static class CompoundDirectory
{
    private const int HeaderBytes = 512;
    private const int EntryBytes = 128;
    private const int TableSectorsInHeader = 109;
    private const int MostSectors = 4096;

    public static IReadOnlySet<string> RootNames(Stream file)
    {
        var header = Read(file, 0, HeaderBytes);
        var sectorBytes = header.Length == HeaderBytes && header[30] is 9 or 12 ? 1 << header[30] : 0;
        if (sectorBytes == 0)
            throw new ParseRefusedException("The file is damaged: its head makes no sense. Get it again and upload that.");
        return NamesBelowRoot(ReadDirectory(file, header, sectorBytes));
    }

    private static byte[] ReadDirectory(Stream file, byte[] header, int sectorBytes)
    {
        using var directory = new MemoryStream();
        var sector = Number(header, 48);
        for (var read = 0; read < MostSectors && sector >= 0; read++)
        {
            directory.Write(Read(file, (sector + 1L) * sectorBytes, sectorBytes));
            sector = Next(file, header, sectorBytes, sector);
        }
        return directory.ToArray();
    }

    /// <summary>Negative at the end of the chain, and where the table goes beyond what the header lists.</summary>
    private static int Next(Stream file, byte[] header, int sectorBytes, int sector)
    {
        var perSector = sectorBytes / sizeof(int);
        if (sector / perSector >= TableSectorsInHeader)
            return -1;
        var table = Number(header, 76 + (sector / perSector * sizeof(int)));
        var entry = Read(file, ((table + 1L) * sectorBytes) + (sector % perSector * sizeof(int)), sizeof(int));
        return table < 0 || entry.Length < sizeof(int) ? -1 : Number(entry, 0);
    }

    private static HashSet<string> NamesBelowRoot(byte[] directory)
    {
        var names = new HashSet<string>(StringComparer.Ordinal);
        var open = new Stack<int>();
        var seen = new HashSet<int>();
        if (directory.Length >= EntryBytes)
            open.Push(Number(directory, 76));
        while (open.TryPop(out var index))
        {
            if (index < 0 || index >= directory.Length / EntryBytes || !seen.Add(index))
                continue;
            var entry = directory.AsSpan(index * EntryBytes, EntryBytes);
            var bytes = Math.Clamp(BinaryPrimitives.ReadUInt16LittleEndian(entry[64..]) - 2, 0, 62);
            names.Add(Encoding.Unicode.GetString(entry[..bytes]));
            open.Push(BinaryPrimitives.ReadInt32LittleEndian(entry[68..]));
            open.Push(BinaryPrimitives.ReadInt32LittleEndian(entry[72..]));
        }
        return names;
    }

    private static int Number(byte[] bytes, int at) => BinaryPrimitives.ReadInt32LittleEndian(bytes.AsSpan(at));

    /// <summary>Shorter where the file ends before.</summary>
    private static byte[] Read(Stream file, long at, int count)
    {
        if (at < 0 || at >= file.Length)
            return [];
        file.Position = at;
        var bytes = new byte[count];
        return bytes[..file.ReadAtLeast(bytes, count, throwOnEndOfStream: false)];
    }
}
