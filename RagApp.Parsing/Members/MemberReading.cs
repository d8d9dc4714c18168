namespace RagApp.Parsing.Members;

/// <summary>
/// Reads the files inside a file, and the files inside those, in this process; for people and measurements. The service
/// extracts members and reads each in a child of its own.
/// </summary>
internal sealed class MemberReading : IMemberSink
{
    private const int DeepestNesting = 4;

    /// <summary>Largest member in bytes; it is held in memory while it is read.</summary>
    private const long MemberBytes = 64L << 20;

    /// <summary>Largest number of bytes of all members at every depth, so that nesting does not multiply them.</summary>
    private const long TotalBytes = 1L << 30;

    private readonly int _depth;
    private readonly Counter _bytes;

    public MemberReading()
        : this(depth: 1, new Counter())
    {
    }

    private MemberReading(int depth, Counter bytes) => (_depth, _bytes) = (depth, bytes);

    public DocumentMember Take(DocumentMember member, Stream content)
    {
        if (_depth > DeepestNesting)
            return member with { Result = ParseResult.Without(ParseOutcome.LimitHit, $"It is nested deeper than {DeepestNesting} files.") };
        using var bytes = new MemoryStream();
        var buffer = new byte[64 * 1024];
        while (content.Read(buffer) is var read and not 0)
        {
            bytes.Write(buffer, 0, read);
            _bytes.Value += read;
            if (bytes.Length > MemberBytes || _bytes.Value > TotalBytes)
                return member with { Result = ParseResult.Without(ParseOutcome.LimitHit, $"It is larger than {MemberBytes >> 20} MB, or all that is inside the file than {TotalBytes >> 20} MB.") };
        }
        bytes.Position = 0;
        return member with { Result = FileReader.Shipped.Read(bytes, member.Name, new MemberReading(_depth + 1, _bytes)) };
    }

    private sealed class Counter
    {
        public long Value { get; set; }
    }
}
