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

    /// <summary>A list was asked for: from here on it may hold, and those before it until it is answered.</summary>
    /// <returns>What the answer is told with.</returns>
    public string[] Asked(IReadOnlyList<string> access)
    {
        string[] asked = [.. access];
        _possible.Add(asked);
        return asked;
    }

    /// <summary>It holds: none that was there before does.</summary>
    public void Answered(string[] asked) => _possible.RemoveRange(0, Math.Max(0, _possible.IndexOf(asked)));

    /// <summary>There was nothing that could take it.</summary>
    public void Withdrawn(string[] asked) => _possible.Remove(asked);

    /// <summary>The same before anything happened.</summary>
    public Claim Anew() => new(owner, path, access);

    public bool MayRead(Principal reader) =>
        !IsOver && _possible.Exists(list => list.Any(reader.AccessEntries.Contains));
}
