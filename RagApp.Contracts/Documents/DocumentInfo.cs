using System.Text.Json.Serialization;
using RagApp.Contracts.Search;

namespace RagApp.Contracts.Documents;

/// <summary>A document as its readers see it.</summary>
/// <param name="Id">Stable id, made from tenant and path.</param>
/// <param name="Path">The path it was uploaded under; the same path again is a new version.</param>
/// <param name="Title">Title found in the document, or its file name.</param>
/// <param name="Version">The newest version, counted from 1.</param>
/// <param name="Status">How far the newest version is, and everything that came out of it: final only when that is.</param>
/// <param name="SearchableVersion">The version that searches answer from; null until the first one is indexed.</param>
/// <param name="Reason">Why it failed, in a sentence a person can act on.</param>
/// <param name="Warnings">What could not be read, for example pages without text.</param>
/// <param name="Done">Chunks embedded so far.</param>
/// <param name="Total">Chunks in all; 0 until the text is cut.</param>
/// <param name="Reused">Chunks that are as they were in the version before and were not embedded again.</param>
/// <param name="Size">Size of the original in bytes.</param>
/// <param name="Sha256">SHA-256 of the original, lower-case hex: a copy with the same need not be sent.</param>
/// <param name="ContentType">What the content was detected to be.</param>
/// <param name="Access">Who may read it.</param>
/// <param name="UploadedBy">Subject that uploaded it first: only this person may replace or delete it.</param>
public sealed record DocumentInfo(
    string Id,
    string Path,
    string Title,
    int Version,
    DocumentStatus Status,
    int? SearchableVersion,
    string? Reason,
    IReadOnlyList<string> Warnings,
    int Done,
    int Total,
    int Reused,
    long Size,
    string Sha256,
    string ContentType,
    IReadOnlyList<string> Access,
    string UploadedBy,
    DateTimeOffset CreatedAt,
    DateTimeOffset UpdatedAt)
{
    /// <summary>Who wrote it, as the document itself says; null when it does not.</summary>
    public string? Author { get; init; }

    /// <summary>When it was written, as the document itself says; null when it does not.</summary>
    public DateTimeOffset? WrittenAt { get; init; }

    /// <summary>When it was last changed before the upload, as the document itself says; null when it does not.</summary>
    public DateTimeOffset? ChangedAt { get; init; }

    /// <summary>The document that this one came out of, such as the mail it was attached to; null for an upload. It changes and goes with that one.</summary>
    public string? ParentId { get; init; }

    /// <summary>Documents directly in this one: attachments, files of an archive, mails of a mailbox.</summary>
    public int Children { get; init; }

    /// <summary>How far they and everything in them are; not in lists, and null when it has none.</summary>
    public ChildCounts? ChildCounts { get; init; }

    /// <summary>Where it came from: <c>upload</c>, or what its uploader named.</summary>
    public string Source { get; init; } = DocumentProperties.Upload;

    /// <summary>Its kind of file, one of <see cref="DocumentTypes"/>; <c>other</c> until it was read.</summary>
    public string Type { get; init; } = DocumentTypes.Other;

    /// <summary>Language of its text, two letters (ISO 639-1); null until it was read.</summary>
    public string? Language { get; init; }

    /// <summary>When it was last changed, else written, else uploaded: the date that filters go by.</summary>
    public DateTimeOffset? Date { get; init; }

    /// <summary>Tags it was given, and what is known about the newest version, for example <c>dlp:payment-card</c>.</summary>
    public IReadOnlyList<string> Tags { get; init; } = [];

    /// <summary>Confidential data found in the newest version; never the data itself.</summary>
    public IReadOnlyList<DocumentFinding> Findings { get; init; } = [];
}

/// <summary>How far the documents in a document are, to any depth.</summary>
/// <param name="InProgress">Those that are still on their way.</param>
public sealed record ChildCounts(int Indexed, int Empty, int Failed, int InProgress)
{
    /// <summary>Those that wait for an operator's decision.</summary>
    public int Quarantined { get; init; }
}

/// <summary>One page of <c>GET /documents</c>.</summary>
/// <param name="Next">Pass as <c>after</c>, under the same order, to get the next page; null on the last.</param>
public sealed record DocumentPage(IReadOnlyList<DocumentInfo> Documents, string? Next)
{
    /// <summary>Whether changes made through other processes in this moment may be missing; left out when not.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingDefault)]
    public bool IsBehind { get; init; }
}
