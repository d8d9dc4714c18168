namespace RagApp.Storage.Journals;

/// <summary>
/// An audit record: who did what, and when. It holds names, numbers, hashes and lists of names, and never text of a
/// document, a question or a secret.
/// </summary>
/// <param name="At">Time of the request or event; the journal is read by this time.</param>
/// <param name="Actor"><c>user:SUBJECT</c> for a person or a program, <c>service:NAME</c> for background work.</param>
/// <param name="Action">One of <see cref="AuditActions"/>.</param>
/// <param name="Version">Version of the document, from 1; null when the record is not about a version.</param>
/// <param name="Details">Details of the action, by short camelCase names.</param>
/// <param name="TraceId">Trace id of the request or job, 32 hex digits.</param>
/// <remarks>
/// A hash chain per tenant, which would reveal removed or altered records, is not built yet and would fit at the segments:
/// <see cref="SegmentSeal"/> would also name the number of its first record and the previous seal, and the last seal would
/// be kept in a blob beside the journal, written under <see cref="Blobs.BlobCondition.IfUnchanged"/>.
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
