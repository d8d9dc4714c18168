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
public sealed record AuditRecord(
    string Tenant,
    DateTimeOffset At,
    string Actor,
    string Action,
    string? DocumentId,
    int? Version,
    IReadOnlyDictionary<string, string> Details,
    string? TraceId);
