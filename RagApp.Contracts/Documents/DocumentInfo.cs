using System.Text.Json.Serialization;
using RagApp.Contracts.Search;

namespace RagApp.Contracts.Documents;

/// <summary>A document as its readers see it.</summary>
/// <param name="Id">Stable id, made from tenant and path.</param>
/// <param name="Path">Path the document was uploaded under; another upload to the same path is a new version.</param>
/// <param name="Title">Title found in the document, or else its file name.</param>
/// <param name="Version">Number of the newest version, from 1.</param>
/// <param name="Status">State of the newest version and of its children; it is final only when all of them are final.</param>
/// <param name="SearchableVersion">Version that searches use; null until the first version is indexed.</param>
/// <param name="Reason">Sentence that says why the document failed, or what it waits for, and what a person can do about it.</param>
/// <param name="Warnings">Parts that could not be read, for example pages without text, and passages that read like instructions to a language model.</param>
/// <param name="Done">Number of chunks embedded so far.</param>
/// <param name="Total">Number of all chunks; 0 until the text is split into chunks.</param>
/// <param name="Reused">Number of chunks that are unchanged since the version before and keep their vectors.</param>
/// <param name="Size">Size of the original in bytes.</param>
/// <param name="Sha256">SHA-256 of the original, lower-case hex; a client need not send a file that has the same checksum.</param>
/// <param name="ContentType">Media type detected from the content.</param>
/// <param name="Access">Access list: the people and groups who may read the document.</param>
/// <param name="UploadedBy">Subject that uploaded the document first; only this person may replace or delete it.</param>
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
    /// <summary>Author named in the document's properties; null when none is named.</summary>
    public string? Author { get; init; }

    /// <summary>Time of writing given in the document's properties; null when none is given.</summary>
    public DateTimeOffset? WrittenAt { get; init; }

    /// <summary>Time of the last change given in the document's properties; null when none is given.</summary>
    public DateTimeOffset? ChangedAt { get; init; }

    /// <summary>
    /// Id of the document that contains this one, such as the mail of an attachment; null for an upload. Both change and are
    /// deleted together.
    /// </summary>
    public string? ParentId { get; init; }

    /// <summary>Number of direct children: attachments, files of an archive, mails of a mailbox.</summary>
    public int Children { get; init; }

    /// <summary>States of all descendants, counted; null in lists, and null when there are none.</summary>
    public ChildCounts? ChildCounts { get; init; }

    /// <summary>Place the document came from: <c>upload</c>, or the source that its uploader named.</summary>
    public string Source { get; init; } = DocumentProperties.Upload;

    /// <summary>Kind of file, one of <see cref="DocumentTypes"/>; <c>other</c> until the document is parsed.</summary>
    public string Type { get; init; } = DocumentTypes.Other;

    /// <summary>Language of the text, two letters (ISO 639-1); null until the document is parsed.</summary>
    public string? Language { get; init; }

    /// <summary>Date that search filters use: the last change, else the time of writing, else the upload.</summary>
    public DateTimeOffset? Date { get; init; }

    /// <summary>Tags given by people, and tags set for findings in the newest version, for example <c>dlp:payment-card</c>.</summary>
    public IReadOnlyList<string> Tags { get; init; } = [];

    /// <summary>Confidential data found in the newest version; the findings never hold the data itself.</summary>
    public IReadOnlyList<DocumentFinding> Findings { get; init; } = [];
}

/// <summary>Numbers of all descendants of a document, to any depth, by their state.</summary>
/// <param name="InProgress">Number of documents that are not yet in a final state.</param>
public sealed record ChildCounts(int Indexed, int Empty, int Failed, int InProgress)
{
    /// <summary>Number of documents that wait for an operator's decision.</summary>
    public int Quarantined { get; init; }
}

/// <summary>One page of <c>GET /documents</c>.</summary>
/// <param name="Next">Value to pass as <c>after</c>, with the same sort and order, to get the next page; null on the last page.</param>
public sealed record DocumentPage(IReadOnlyList<DocumentInfo> Documents, string? Next)
{
    /// <summary>True when the list may lack changes made through other processes within the last moments; left out when false.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingDefault)]
    public bool IsBehind { get; init; }
}
