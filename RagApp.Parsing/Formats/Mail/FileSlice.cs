namespace RagApp.Parsing.Formats.Mail;

/// <summary>A piece of a file that is read like a file. Several pieces share the file; only one is read at a time.</summary>
internal sealed class FileSlice(Stream file, long start, long length) : SeekableStream(length)
{
    /// <summary>A new stream over the same piece, at its beginning.</summary>
    public FileSlice Again() => new(file, start, Length);

    protected override int ReadAt(long position, Span<byte> buffer)
    {
        file.Position = start + position;
        return file.Read(buffer);
    }
}
