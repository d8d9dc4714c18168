using System.Globalization;

namespace RagApp.Parsing.Members;

/// <summary>
/// Numbers the files inside a file. A file that no format reads is counted and left out, since it would only become a
/// failed document. Without a sink, members are listed and not extracted.
/// </summary>
internal sealed class MemberCollector(IMemberSink? sink, Action<string> warn)
{
    private readonly List<DocumentMember> _members = [];
    private readonly SortedDictionary<string, int> _leftOut = new(StringComparer.Ordinal);

    public IReadOnlyList<DocumentMember> Members => _members;

    /// <summary>A sentence about the files left out; null when there are none.</summary>
    public string? LeftOut => _leftOut.Count == 0
        ? null
        : string.Create(CultureInfo.InvariantCulture,
            $"{_leftOut.Values.Sum():N0} files inside were left out, as they hold no text: {string.Join(", ", _leftOut.Select(kind => string.Create(CultureInfo.InvariantCulture, $"{kind.Key} ({kind.Value:N0})")))}.");

    /// <param name="kind">The kind of file, in the plural.</param>
    public void LeaveOut(string kind) => _leftOut[kind] = _leftOut.GetValueOrDefault(kind) + 1;

    /// <param name="name">Path as stated in the file; it is sanitized here.</param>
    /// <param name="size">Largest number of bytes of the member.</param>
    /// <param name="open">Opens the member's bytes.</param>
    /// <exception cref="ParseLimitException">The file contains too many files.</exception>
    public void Add(string name, long size, Func<Stream> open)
    {
        if (_members.Count == ParseLimits.Members)
            throw new ParseLimitException(string.Create(CultureInfo.InvariantCulture,
                $"It holds more than {ParseLimits.Members:N0} files. Unpack it and upload them as a folder."));
        var number = _members.Count + 1;
        var member = new DocumentMember(number, MemberName.Clean(name, number), size);
        if (size > ParseLimits.MemberBytes)
            warn($"'{member.Name}' was left out: it is larger than {ParseLimits.MemberBytes >> 20} MB. Upload it on its own.");
        else if (TryTake(member, open) is { } taken)
            _members.Add(taken);
    }

    private DocumentMember? TryTake(DocumentMember member, Func<Stream> open)
    {
        try
        {
            using var content = new PeekedStream(new BoundedStream(open(), member.Size, new UnpackBudget(member.Size)), UnreadKinds.HeadBytes);
            if (UnreadKinds.Find(content.Head, member.Name) is { } kind)
            {
                LeaveOut(kind);
                return null;
            }
            if (sink is null)
                return member;
            if (sink.Take(member, content) is { } taken)
                return taken;
        }
        catch (Exception exception) when (exception is not (MemberSinkException or OutOfMemoryException))
        {
            // reported below
        }
        warn($"'{member.Name}' was left out: it is damaged and could not be unpacked.");
        return null;
    }
}
