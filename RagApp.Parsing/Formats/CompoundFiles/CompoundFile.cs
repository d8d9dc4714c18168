using System.Buffers.Binary;

namespace RagApp.Parsing.Formats.CompoundFiles;

/// <summary>
/// Reads the compound file binary format ([MS-CFB]), the container of Outlook messages, old Office documents and
/// encrypted new ones. It is a small file system: chains of sectors, a directory, and a stream of small sectors for
/// small files. Chains are no longer than the file, so a cycle ends; content is read only on request. Reading order: 1.
/// header, 2. list of the allocation table's sectors, 3. allocation table, 4. directory, 5. small sectors.
/// </summary>
internal sealed class CompoundFile
{
    private const int HeaderBytes = 512;
    private const int SmallSector = 64;
    private const int HeaderTableSectors = 109;

    /// <summary>The first sector number with a special meaning: free, end of chain.</summary>
    private const uint FirstMark = 0xFFFFFFFA;

    private readonly Stream _file;
    private readonly int _sectorBytes;
    private readonly int _sectors;
    private readonly int[] _next;
    private readonly int[] _nextSmall;
    private readonly int[] _smallStream;
    private readonly int _largeFrom;

    /// <exception cref="ParseRefusedException">The file is damaged.</exception>
    public CompoundFile(Stream file)
    {
        _file = file;
        var header = new byte[HeaderBytes]; // 1
        file.Position = 0;
        if (file.ReadAtLeast(header, HeaderBytes, throwOnEndOfStream: false) < HeaderBytes || header[0x1E] is not (9 or 12))
            throw Damaged();
        _sectorBytes = 1 << header[0x1E];
        _sectors = (int)Math.Min(int.MaxValue, (file.Length + _sectorBytes - 1) / _sectorBytes - 1);
        _largeFrom = Number(header, 0x38);

        _next = ReadTable(TableSectors(header)); // 2, 3
        Root = ReadDirectory(Number(header, 0x30)); // 4
        _nextSmall = ReadTable(Chain(Number(header, 0x3C), _sectors)); // 5
        _smallStream = [.. Chain(Root.FirstSector, _sectors)];
    }

    public CompoundEntry Root { get; }

    /// <summary>Opens a stream; it ends early where the file is damaged.</summary>
    public Stream Open(CompoundEntry entry)
    {
        if (entry.IsStorage || entry.Size > _file.Length)
            throw Damaged();
        return entry.Size < _largeFrom
            ? new SectorStream(_file, [.. SmallOffsets(entry)], SmallSector, entry.Size)
            : new SectorStream(_file, [.. Chain(entry.FirstSector, SectorsFor(entry.Size, _sectorBytes)).Select(Offset)], _sectorBytes, entry.Size);
    }

    private IEnumerable<long> SmallOffsets(CompoundEntry entry)
    {
        var at = entry.FirstSector;
        for (var count = SectorsFor(entry.Size, SmallSector); count > 0 && at >= 0 && at < _nextSmall.Length; count--)
        {
            var place = (long)at * SmallSector;
            var sector = place / _sectorBytes;
            if (sector >= _smallStream.Length)
                yield break;
            yield return Offset(_smallStream[sector]) + place % _sectorBytes;
            at = _nextSmall[at];
        }
    }

    /// <summary>The sectors of a chain, at most <paramref name="most"/>.</summary>
    private IEnumerable<int> Chain(int first, int most)
    {
        for (var at = first; most > 0 && at >= 0 && at < _next.Length && at < _sectors; at = _next[at], most--)
            yield return at;
    }

    /// <summary>
    /// Sectors of the allocation table. The first 109 are listed in the header, the others in a chain of sectors, each
    /// of which ends with the number of the next.
    /// </summary>
    private IEnumerable<int> TableSectors(byte[] header)
    {
        for (var i = 0; i < HeaderTableSectors; i++)
            yield return Number(header, 0x4C + 4 * i);
        var at = Number(header, 0x44);
        for (var most = _sectors; most > 0 && at >= 0 && at < _sectors; most--)
        {
            var sector = ReadSector(at);
            for (var i = 0; i < _sectorBytes / 4 - 1; i++)
                yield return Number(sector, 4 * i);
            at = Number(sector, _sectorBytes - 4);
        }
    }

    private int[] ReadTable(IEnumerable<int> sectors)
    {
        var table = new List<int>();
        foreach (var at in sectors.Where(sector => sector >= 0 && sector < _sectors))
        {
            if (table.Count > _sectors * (long)(_sectorBytes / SmallSector))
                break; // longer than the file has sectors
            var sector = ReadSector(at);
            for (var i = 0; i < _sectorBytes; i += 4)
                table.Add(Number(sector, i));
        }
        return [.. table];
    }

    private CompoundEntry ReadDirectory(int firstSector)
    {
        var records = Chain(firstSector, _sectors).SelectMany(at => ReadSector(at).Chunk(DirectoryRecord.Bytes))
            .Select(bytes => new DirectoryRecord(bytes)).ToList();
        if (records.Count == 0)
            throw Damaged();
        var root = records[0].ToEntry(isStorage: true);
        var seen = new HashSet<int> { 0 };
        var open = new Stack<(int Record, CompoundEntry Parent)>([(records[0].Child, root)]);
        while (open.TryPop(out var place))
        {
            if (place.Record < 0 || place.Record >= records.Count || !seen.Add(place.Record))
                continue;
            var record = records[place.Record];
            var entry = record.ToEntry(record.IsStorage);
            place.Parent.Add(entry);
            open.Push((record.Left, place.Parent));
            open.Push((record.Right, place.Parent));
            if (record.IsStorage)
                open.Push((record.Child, entry));
        }
        return root;
    }

    private byte[] ReadSector(int number)
    {
        var sector = new byte[_sectorBytes];
        _file.Position = Offset(number);
        var read = _file.ReadAtLeast(sector, sector.Length, throwOnEndOfStream: false);
        sector.AsSpan(read).Clear(); // the file is truncated
        return sector;
    }

    /// <summary>Position of a sector in the file; the header takes up the space of one sector before the first.</summary>
    private long Offset(int sector) => ((long)sector + 1) * _sectorBytes;

    private static int SectorsFor(long size, int sectorBytes) => (int)((size + sectorBytes - 1) / sectorBytes);

    /// <summary>Reads a sector number; -1 for every special one.</summary>
    private static int Number(byte[] bytes, int at) =>
        BinaryPrimitives.ReadUInt32LittleEndian(bytes.AsSpan(at)) is var number and < FirstMark and <= int.MaxValue ? (int)number : -1;

    private static ParseRefusedException Damaged() => new("The file is damaged: its container has no readable directory. Open it in its program, save it again and upload that.");
}
