using System.Text.Json.Serialization;
using RagApp.Contracts.Documents;
using RagApp.Contracts.Search;

namespace RagApp.Storage.Documents.Manifests;

/// <summary>The record of a document: its properties, who may read it, and its versions. It is changed only under optimistic concurrency.</summary>
/// <param name="Access">
/// Access list of the document. A document that was extracted from another one, such as an attachment, has none of its own: the
/// list of the uploaded document applies.
/// </param>
/// <param name="Latest">The newest version, in whatever status.</param>
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
    /// Name of this life of the path, from the first upload until the deletion, so that work begun for one life never changes
    /// another. A document from before incarnations existed has its id here.
    /// </summary>
    public string Incarnation { get; init => field = value ?? Id; } = Id;

    /// <summary>True once a deletion has begun: searches no longer find the document, and the deletion is finished even after a crash.</summary>
    public bool Deleted { get; init; }

    /// <summary>True while the access list of the manifest is not yet in the index, so that a crash loses no change.</summary>
    public bool AccessPending { get; init; }

    /// <summary>Number of changes of the access list: a change clears <see cref="AccessPending"/> only when no newer one was made.</summary>
    public int AccessChanges { get; init; }

    /// <summary>Source of the document; an extracted document has the source of its upload.</summary>
    public string Source { get; init => field = value ?? DocumentProperties.Upload; } = DocumentProperties.Upload;

    /// <summary>Tags that people gave the document; an extracted document has the tags of its upload.</summary>
    public IReadOnlyList<string> Tags { get; init => field = value ?? []; } = [];

    /// <summary>True while the tags of the manifest are not yet in the index, so that a crash loses no change.</summary>
    public bool TagsPending { get; init; }

    /// <summary>Number of changes of the tags: a change clears <see cref="TagsPending"/> only when no newer one was made.</summary>
    public int TagsChanges { get; init; }

    /// <summary>Replaced versions whose blobs are still to be removed, so that a crash forgets none.</summary>
    public IReadOnlyList<DocumentVersion> Superseded { get; init; } = [];

    /// <summary>The document that contains this one, such as the mail of an attachment; null for an uploaded document.</summary>
    public DocumentOrigin? Origin { get; init; }

    /// <summary>Number of documents directly in this one, such as attachments.</summary>
    public int Children { get; init; }

    [JsonIgnore]
    public VersionId LatestId => IdOf(Latest);

    /// <summary>Id of the uploaded document that this one is, or was extracted from.</summary>
    [JsonIgnore]
    public string UploadId => Origin?.RootId ?? Id;

    /// <summary>Incarnation of the uploaded document that this one is, or was extracted from.</summary>
    [JsonIgnore]
    public string UploadIncarnation => Origin?.RootIncarnation ?? Incarnation;

    public VersionId IdOf(DocumentVersion version) => new(Tenant, Id, Incarnation, version.Number);

    /// <summary>Every version of the document that may have blobs.</summary>
    public IEnumerable<DocumentVersion> Versions() =>
        new[] { Latest, Searchable }.OfType<DocumentVersion>().Concat(Superseded).DistinctBy(version => version.Number);

    /// <summary>True when both manifests belong to the same life of the same path, and not to two documents that followed each other at it.</summary>
    public bool IsSameLife(DocumentManifest other) =>
        string.Equals(Id, other.Id, StringComparison.Ordinal) && string.Equals(Incarnation, other.Incarnation, StringComparison.Ordinal);

    /// <summary>True when both documents are of the same upload: the uploaded document or any document extracted from it.</summary>
    public bool IsOfUploadOf(DocumentManifest other) =>
        string.Equals(UploadId, other.UploadId, StringComparison.Ordinal) && string.Equals(UploadIncarnation, other.UploadIncarnation, StringComparison.Ordinal);

    /// <summary>
    /// The manifest with a newer latest version. The version before it is superseded at once, unless searches still answer from
    /// it.
    /// </summary>
    public DocumentManifest Followed(DocumentVersion next, DateTimeOffset at) => this with
    {
        UpdatedAt = at,
        Latest = next,
        Superseded = Searchable?.Number == Latest.Number ? Superseded : [.. Superseded, Latest],
    };
}

/// <summary>One uploaded version.</summary>
/// <param name="Number">Number of the version, from 1.</param>
/// <param name="OriginalId">Id of the stored original.</param>
/// <param name="Sha256">SHA-256 of the original, lower-case hex.</param>
/// <param name="Size">Size of the original in bytes.</param>
/// <param name="ContentType">Detected content type of the original.</param>
/// <param name="Reason">Reason of a failure, or what the version waits for, in a sentence that a person can act on.</param>
/// <param name="Done">Number of chunks embedded so far.</param>
/// <param name="Total">Number of chunks in all.</param>
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
    /// <summary>Author, according to the document's own metadata.</summary>
    public string? Author { get; init; }

    /// <summary>Time of creation, according to the document's own metadata.</summary>
    public DateTimeOffset? WrittenAt { get; init; }

    /// <summary>Time of the last change before the upload, according to the document's own metadata.</summary>
    public DateTimeOffset? ChangedAt { get; init; }

    /// <summary>Language of the text, two letters (ISO 639-1); null before the text was read, and in older versions that do not record it.</summary>
    public string? Language { get; init; }

    /// <summary>Date for filters: the time of the last change, else of creation, else of the upload.</summary>
    [JsonIgnore]
    public DateTimeOffset Date => ChangedAt ?? WrittenAt ?? UploadedAt;

    /// <summary>Number of chunks whose vectors were reused from the version before.</summary>
    public int Reused { get; init; }

    /// <summary>Region that the text must stay in, that of whoever uploaded the version; null when it may be processed anywhere.</summary>
    public string? Region { get; init; }

    /// <summary>Priority of the processing, kept here in case the queue loses the job.</summary>
    public JobPriority Priority { get; init; }

    /// <summary>Result of the search for confidential data; null before the text was read, and in versions from before there was screening.</summary>
    public ScreeningResult? Screening { get; init; }

    /// <summary>An operator's decision about the version in quarantine; null when there is none.</summary>
    public QuarantineDecision? Decision { get; init; }

    /// <summary>True when the original was removed, because the version was blocked or an operator refused it.</summary>
    public bool OriginalRemoved { get; init; }
}
