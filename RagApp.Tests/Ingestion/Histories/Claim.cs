using RagApp.Contracts.Identity;

namespace RagApp.Tests.Ingestion.Histories;

/// <summary>
/// What a person was told about a document of theirs: who may read it. While something that they asked for has no answer,
/// both what was and what is to be may hold; after a crash for good, since nobody knows which.
/// </summary>
internal sealed class Claim(Principal owner, string path, IReadOnlyList<string> access)
{
    private readonly List<string[]> _possible = [[.. access]];

    public Principal Owner => owner;

    public string Path => path;

    /// <summary>The life of the path, once that is known.</summary>
    public string? Incarnation { get; set; }

    /// <summary>The deletion was answered, or the upload refused: nobody reads any of it.</summary>
    public bool IsOver { get; set; }

    /// <summary>Something that was asked for never had an answer.</summary>
    public bool IsUncertain { get; set; }

    /// <summary>The newest file that was accepted.</summary>
    public ToyFile? Content { get; set; }

    /// <summary>Words of all files that were sent for it.</summary>
    public HashSet<string> Words { get; } = new(StringComparer.Ordinal);

    public IEnumerable<string[]> Possible => _possible;

    public void Asked(IReadOnlyList<string> access) => _possible.Add([.. access]);

    public void Answered(IReadOnlyList<string> access)
    {
        _possible.Clear();
        _possible.Add([.. access]);
    }

    public bool MayRead(Principal reader) =>
        !IsOver && _possible.Exists(list => list.Any(reader.AccessEntries.Contains));
}
