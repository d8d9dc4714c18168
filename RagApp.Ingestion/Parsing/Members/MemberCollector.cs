using System.Globalization;
using RagApp.Ingestion.Parsing.Formats.Archives;

namespace RagApp.Ingestion.Parsing.Members;

/// <summary>
/// Numbers the files inside a file. What no format reads is counted and left out: it would only become a document
/// that failed. Without a sink, members are listed and not taken out.
/// </summary>
internal sealed class MemberCollector(IMemberSink? sink, Action<string> warn)
{
    private readonly List<DocumentMember> _members = [];
    private readonly SortedDictionary<string, int> _leftOut = new(StringComparer.Ordinal);

    public IReadOnlyList<DocumentMember> Members => _members;

    /// <summary>What was left out, in a sentence; null when nothing was.</summary>
    public string? LeftOut => _leftOut.Count == 0
        ? null
        : string.Create(CultureInfo.InvariantCulture,
            $"{_leftOut.Values.Sum():N0} files inside were left out, as they hold no text: {string.Join(", ", _leftOut.Select(kind => string.Create(CultureInfo.InvariantCulture, $"{kind.Key} ({kind.Value:N0})")))}.");

    /// <param name="kind">What it is, in the plural.</param>
    public void LeaveOut(string kind) => _leftOut[kind] = _leftOut.GetValueOrDefault(kind) + 1;

    /// <param name="name">Path within the file as the file has it; cleaned here.</param>
    /// <param name="size">Bytes it has at most.</param>
    /// <param name="open">Gives its bytes from the beginning.</param>
    /// <exception cref="ParseLimitException">There are too many.</exception>
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
            // said below
        }
        warn($"'{member.Name}' was left out: it is damaged and could not be unpacked.");
        return null;
    }
}
