namespace RagApp.Parsing.Members;

/// <summary>A stream that can be read once, whose first bytes can be inspected before.</summary>
internal sealed class PeekedStream : ReadOnlyStream
{
    private readonly Stream _inner;
    private readonly byte[] _head;
    private int _given;

    public PeekedStream(Stream inner, int headBytes)
    {
        _inner = inner;
        var head = new byte[headBytes];
        _head = head[..inner.ReadAtLeast(head, headBytes, throwOnEndOfStream: false)];
    }

    public ReadOnlySpan<byte> Head => _head;

    public override int Read(Span<byte> buffer)
    {
        if (_given == _head.Length)
            return _inner.Read(buffer);
        var length = Math.Min(buffer.Length, _head.Length - _given);
        _head.AsSpan(_given, length).CopyTo(buffer);
        _given += length;
        return length;
    }

    protected override void Dispose(bool disposing)
    {
        if (disposing)
            _inner.Dispose();
        base.Dispose(disposing);
    }
}
