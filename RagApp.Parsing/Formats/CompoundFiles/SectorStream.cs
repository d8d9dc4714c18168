namespace RagApp.Parsing.Formats.CompoundFiles;

/// <summary>A stream whose bytes are spread over sectors of a file.</summary>
internal sealed class SectorStream(Stream file, long[] offsets, int sectorBytes, long size)
    : SeekableStream(Math.Min(size, (long)offsets.Length * sectorBytes))
{
    protected override int ReadAt(long position, Span<byte> buffer)
    {
        if (buffer.IsEmpty)
            return 0;
        var inSector = (int)(position % sectorBytes);
        file.Position = offsets[position / sectorBytes] + inSector;
        return file.Read(buffer[..Math.Min(buffer.Length, sectorBytes - inSector)]);
    }
}
