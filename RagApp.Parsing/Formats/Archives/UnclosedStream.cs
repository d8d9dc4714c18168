namespace RagApp.Parsing.Formats.Archives;

/// <summary>A view of a file that is read more than once: closing the view leaves the file open.</summary>
internal sealed class UnclosedStream(Stream inner) : ReadOnlyStream
{
    public override int Read(Span<byte> buffer) => inner.Read(buffer);
}
