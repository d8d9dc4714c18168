namespace RagApp.Storage.Journals;

/// <summary>
/// Who did what, when. It holds names, numbers, hashes and lists of names, and never text of a document, a question
/// or a secret.
/// </summary>
/// <param name="At">When it was asked for or came about; the journal is read by it.</param>
/// <param name="Actor"><c>user:SUBJECT</c> for a person or a program, <c>service:NAME</c> for background work.</param>
/// <param name="Action">One of <see cref="AuditActions"/>.</param>
/// <param name="Version">Of the document, counted from 1; null when it is not about one.</param>
/// <param name="Details">What the action needs to be understood, by short camelCase names.</param>
/// <param name="TraceId">The request's or job's trace, 32 hex digits.</param>
/// <remarks>
/// A chain of hashes per tenant, so that a record taken out or altered shows, comes later and fits at the segments:
/// <see cref="SegmentSeal"/> then also names the number of its first record and the seal before it, and the tenant's
/// last seal stands in a blob beside the journal, moved on under <see cref="Blobs.BlobCondition.IfUnchanged"/>.
/// </remarks>
public sealed record AuditRecord(
    string Tenant,
    DateTimeOffset At,
    string Actor,
    string Action,
    string? DocumentId,
    int? Version,
    IReadOnlyDictionary<string, string> Details,
    string? TraceId);
