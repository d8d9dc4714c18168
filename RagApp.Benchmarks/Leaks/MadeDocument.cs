using RagApp.Storage.Documents;

namespace RagApp.Benchmarks.Leaks;

/// <summary>A document as it should be now, kept beside the running system.</summary>
/// <param name="container">The archive that the document is a file of; null for an upload.</param>
internal sealed class MadeDocument(string tenant, string path, string uploader, MadeDocument? container = null)
{
    private string[] _access = [];

    public string Tenant => tenant;

    public string Path => path;

    public string Uploader => uploader;

    /// <summary>The word in the path that only this document has.</summary>
    public string Name => path[(path.LastIndexOf('/') + 1)..^MadeContent.Extension.Length];

    public string Id { get; } = DocumentIds.For(tenant, path);

    /// <summary>The document whose access list holds.</summary>
    public MadeDocument Upload => container ?? this;

    public bool IsMember => container is not null;

    /// <summary>Entries of the list; those of the archive for its files.</summary>
    public IReadOnlyList<string> Access => Upload._access;

    public List<MadeVersion> Versions { get; } = [];

    public MadeVersion Latest => Versions[^1];

    /// <summary>Number of the version that searches use; null when there is none.</summary>
    public int? Searchable { get; set; }

    public bool IsDeleted { get; private set; }

    /// <summary>Documents in this one, for an archive.</summary>
    public List<MadeDocument> Members { get; } = [];

    public string Tag { get; init; } = "";

    public string Source { get; init; } = "";

    public void Share(IEnumerable<string> access) => _access = [.. access];

    public void Delete()
    {
        IsDeleted = true;
        foreach (var member in Members)
            member.IsDeleted = true;
    }

    public override string ToString() => $"{tenant}:{path} by {uploader} for [{string.Join(' ', Access)}], version {Latest.Number} {Latest.Kind}{(IsDeleted ? ", deleted" : "")}";
}

/// <summary>Kind of a version: the content that it has besides words that all documents share.</summary>
internal enum MadeKind
{
    Plain,

    /// <summary>A card number, which is redacted: only the uploader may download the original.</summary>
    Redacted,

    /// <summary>An account number, for which the version is held in quarantine.</summary>
    Quarantined,

    /// <summary>Files in an archive; the version has no text of its own.</summary>
    Archive,
}

/// <summary>One version of a document.</summary>
/// <param name="Keyword">Word that questions about this version have; it is no secret.</param>
/// <param name="Words">Words that the text, the title and the confidential data have.</param>
internal sealed record MadeVersion(int Number, MadeKind Kind, string Keyword, IReadOnlyList<PlantedWord> Words, byte[] Content)
{
    /// <summary>True while an operator has not released the version.</summary>
    public bool IsHeld { get; set; } = Kind == MadeKind.Quarantined;

    /// <summary>True when an operator has refused the version.</summary>
    public bool IsRefused { get; set; }

    /// <summary>True when only the uploader may download the original.</summary>
    public bool IsWithheld => Kind is MadeKind.Redacted or MadeKind.Quarantined;

    public string Text => Words.First(word => word.Part == PlantedPart.Text).Word;
}
