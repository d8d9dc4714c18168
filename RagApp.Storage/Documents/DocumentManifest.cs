using System.Text.Json.Serialization;
using RagApp.Contracts.Documents;
using RagApp.Contracts.Search;
using RagApp.Storage.Queue;

namespace RagApp.Storage.Documents;

/// <summary>The record that says what a document is and which version answers. Changed only under optimistic concurrency.</summary>
/// <param name="Access">
/// Who may read it. What came out of another document has none of its own: the list of the upload counts for it, wherever
/// anybody asks.
/// </param>
/// <param name="Latest">The newest version, on its way or arrived.</param>
/// <param name="Searchable">The version that searches answer from; null until the first one is indexed.</param>
public sealed record DocumentManifest(
    string Tenant,
    string Id,
    string Path,
    IReadOnlyList<string> Access,
    string UploadedBy,
    DateTimeOffset CreatedAt,
    DateTimeOffset UpdatedAt,
    DocumentVersion Latest,
    DocumentVersion? Searchable)
{
    /// <summary>
    /// Names this life of the path, from the first upload until the deletion: what was begun for one life never ends in
    /// another. Documents stored before lives were told apart have their id for it.
    /// </summary>
    public string Incarnation { get; init => field = value ?? Id; } = Id;

    /// <summary>Set by a deletion before it removes anything: from then on the document answers nothing and the deletion can be finished after a crash.</summary>
    public bool Deleted { get; init; }

    /// <summary>Set while the access list here is not yet the one in the index; a crash in between forgets no change.</summary>
    public bool AccessPending { get; init; }

    /// <summary>Counts the changes of the access list, so that one that ends takes no other's mark away.</summary>
    public int AccessChanges { get; init; }

    /// <summary>Where it came from; what came out of another document has that one's.</summary>
    public string Source { get; init => field = value ?? DocumentProperties.Upload; } = DocumentProperties.Upload;

    /// <summary>Tags that people gave it; what came out of another document has that one's.</summary>
    public IReadOnlyList<string> Tags { get; init => field = value ?? []; } = [];

    /// <summary>Set while the tags here are not yet those in the index; a crash in between forgets no change.</summary>
    public bool TagsPending { get; init; }

    /// <summary>Counts the changes of the tags, so that one that ends takes no other's mark away.</summary>
    public int TagsChanges { get; init; }

    /// <summary>Versions that answer nothing any more and whose blobs are still to be removed; a crash in between forgets none.</summary>
    public IReadOnlyList<DocumentVersion> Superseded { get; init; } = [];

    /// <summary>Where it came out of; null for what was uploaded.</summary>
    public DocumentOrigin? Origin { get; init; }

    /// <summary>Documents directly in this one, such as attachments.</summary>
    public int Children { get; init; }

    [JsonIgnore]
    public VersionId LatestId => IdOf(Latest);

    /// <summary>Id of the upload that it is, or that it came out of.</summary>
    [JsonIgnore]
    public string UploadId => Origin?.RootId ?? Id;

    /// <summary>The life of that upload's path.</summary>
    [JsonIgnore]
    public string UploadIncarnation => Origin?.RootIncarnation ?? Incarnation;

    public VersionId IdOf(DocumentVersion version) => new(Tenant, Id, Incarnation, version.Number);

    /// <summary>Every version that the document has blobs of.</summary>
    public IEnumerable<DocumentVersion> Versions() =>
        new[] { Latest, Searchable }.OfType<DocumentVersion>().Concat(Superseded).DistinctBy(version => version.Number);

    /// <summary>Whether both are states of one document, and not of two that followed each other at one path.</summary>
    public bool IsSameLife(DocumentManifest other) =>
        string.Equals(Id, other.Id, StringComparison.Ordinal) && string.Equals(Incarnation, other.Incarnation, StringComparison.Ordinal);

    /// <summary>Whether both are of one upload: the document that was uploaded, or any that came out of it.</summary>
    public bool IsOfUploadOf(DocumentManifest other) =>
        string.Equals(UploadId, other.UploadId, StringComparison.Ordinal) && string.Equals(UploadIncarnation, other.UploadIncarnation, StringComparison.Ordinal);

    /// <summary>With a newer version on its way. A version that never answered has no one who would miss it.</summary>
    public DocumentManifest Followed(DocumentVersion next, DateTimeOffset at) => this with
    {
        UpdatedAt = at,
        Latest = next,
        Superseded = Searchable?.Number == Latest.Number ? Superseded : [.. Superseded, Latest],
    };
}

/// <summary>One uploaded version.</summary>
/// <param name="Number">Counted from 1.</param>
/// <param name="OriginalId">Which stored original it was made from.</param>
/// <param name="Sha256">Of the original, lower-case hex.</param>
/// <param name="Size">Of the original, in bytes.</param>
/// <param name="ContentType">What the content was detected to be.</param>
/// <param name="Reason">Why it failed, in a sentence a person can act on.</param>
/// <param name="Done">Chunks embedded so far.</param>
/// <param name="Total">Chunks in all.</param>
public sealed record DocumentVersion(
    int Number,
    string OriginalId,
    string Sha256,
    long Size,
    string ContentType,
    string Title,
    DocumentStatus Status,
    string? Reason,
    IReadOnlyList<string> Warnings,
    int Done,
    int Total,
    DateTimeOffset UploadedAt)
{
    /// <summary>Who wrote it, as the document itself says.</summary>
    public string? Author { get; init; }

    /// <summary>When it was written, as the document itself says.</summary>
    public DateTimeOffset? WrittenAt { get; init; }

    /// <summary>When it was last changed before the upload, as the document itself says.</summary>
    public DateTimeOffset? ChangedAt { get; init; }

    /// <summary>Language of its text, two letters (ISO 639-1); null before it was read, and in versions from before it was kept here.</summary>
    public string? Language { get; init; }

    /// <summary>The date that filters go by: changed, else written, else uploaded.</summary>
    [JsonIgnore]
    public DateTimeOffset Date => ChangedAt ?? WrittenAt ?? UploadedAt;

    /// <summary>Chunks whose vectors were taken over from the version before, unchanged.</summary>
    public int Reused { get; init; }

    /// <summary>How its sender wanted it worked on; kept here so that it outlives the queue.</summary>
    public JobPriority Priority { get; init; }

    /// <summary>What was found in it; null before it was read, and in versions from before there was screening.</summary>
    public Screening? Screening { get; init; }

    /// <summary>What an operator decided when it was in quarantine.</summary>
    public QuarantineDecision? Decision { get; init; }

    /// <summary>Its original is not kept: it was blocked, or refused by an operator.</summary>
    public bool OriginalRemoved { get; init; }
}
