using RagApp.Contracts.Identity;
using RagApp.Storage.Documents.Manifests;

namespace RagApp.Tests.Ingestion.Histories;

/// <summary>
/// The access list that the owner of a document expects, and the content. While a request for a new list is unanswered, both
/// the old and the new list are possible; after a crash both stay possible, because the result of the request is unknown.
/// </summary>
internal sealed class Claim(Principal owner, string path, IReadOnlyList<string> access)
{
    private readonly List<string[]> _possible = [[.. access]];
    private int _version;

    public Principal Owner => owner;

    public string Path => path;

    /// <summary>Incarnation of the document at this path; null until an upload is accepted.</summary>
    public string? Incarnation { get; private set; }

    /// <summary>True when the deletion was acknowledged or the first upload was refused: nobody may read the document any more.</summary>
    public bool IsOver { get; set; }

    /// <summary>True when a request concerning the document was never answered.</summary>
    public bool IsUncertain { get; set; }

    /// <summary>The newest accepted file.</summary>
    public ToyFile? Content { get; private set; }

    /// <summary>Words of all files that were uploaded to this document.</summary>
    public HashSet<string> Words { get; } = new(StringComparer.Ordinal);

    public IEnumerable<string[]> Possible => _possible;

    /// <summary>Records an accepted upload. Of two concurrent uploads the later version counts, whichever response arrives last.</summary>
    public void Accepted(DocumentManifest manifest, ToyFile file)
    {
        (Incarnation ?? manifest.Incarnation).ShouldBe(manifest.Incarnation);
        Incarnation = manifest.Incarnation;
        if (manifest.Latest.Number > _version)
            (_version, Content) = (manifest.Latest.Number, file);
    }

    /// <summary>Records a request for a new access list. From now on that list is possible, besides the earlier ones until the response.</summary>
    /// <returns>Handle to pass to <see cref="Answered"/> or <see cref="Withdrawn"/>.</returns>
    public string[] Asked(IReadOnlyList<string> access)
    {
        string[] asked = [.. access];
        _possible.Add(asked);
        return asked;
    }

    /// <summary>Records that the requested list is in force; earlier lists are no longer possible.</summary>
    public void Answered(string[] asked) => _possible.RemoveRange(0, Math.Max(0, _possible.IndexOf(asked)));

    /// <summary>Records that the request had no effect, because the document does not exist or the request was refused.</summary>
    public void Withdrawn(string[] asked) => _possible.Remove(asked);

    /// <summary>A new claim in the initial state, for the same owner, path and access list.</summary>
    public Claim Anew() => new(owner, path, access);

    public bool MayRead(Principal reader) =>
        !IsOver && _possible.Exists(list => list.Any(reader.AccessEntries.Contains));
}
