using RagApp.Contracts.Identity;
using RagApp.Storage.Documents;
using Shouldly;

namespace RagApp.Tests.Ingestion.Histories;

/// <summary>
/// What a person was told about a document of theirs: who may read it. While something that they asked for has no answer,
/// both what was and what is to be may hold; after a crash for good, since nobody knows which.
/// </summary>
internal sealed class Claim(Principal owner, string path, IReadOnlyList<string> access)
{
    private readonly List<string[]> _possible = [[.. access]];
    private int _version;

    public Principal Owner => owner;

    public string Path => path;

    /// <summary>The life of the path, once that is known.</summary>
    public string? Incarnation { get; private set; }

    /// <summary>The deletion was answered, or the upload refused: nobody reads any of it.</summary>
    public bool IsOver { get; set; }

    /// <summary>Something that was asked for never had an answer.</summary>
    public bool IsUncertain { get; set; }

    /// <summary>The newest file that was accepted.</summary>
    public ToyFile? Content { get; private set; }

    /// <summary>Words of all files that were sent for it.</summary>
    public HashSet<string> Words { get; } = new(StringComparer.Ordinal);

    public IEnumerable<string[]> Possible => _possible;

    /// <summary>An upload was answered. Of two at once the later version stays, whichever answer comes last.</summary>
    public void Accepted(DocumentManifest manifest, ToyFile file)
    {
        (Incarnation ?? manifest.Incarnation).ShouldBe(manifest.Incarnation);
        Incarnation = manifest.Incarnation;
        if (manifest.Latest.Number > _version)
            (_version, Content) = (manifest.Latest.Number, file);
    }

    public void Asked(IReadOnlyList<string> access) => _possible.Add([.. access]);

    /// <summary>There was nothing that could take the list that was asked for last.</summary>
    public void Withdrawn() => _possible.RemoveAt(_possible.Count - 1);

    /// <summary>The same before anything happened.</summary>
    public Claim Anew() => new(owner, path, access);

    public void Answered(IReadOnlyList<string> access)
    {
        _possible.Clear();
        _possible.Add([.. access]);
    }

    public bool MayRead(Principal reader) =>
        !IsOver && _possible.Exists(list => list.Any(reader.AccessEntries.Contains));
}
