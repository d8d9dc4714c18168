using System.Diagnostics;
using System.Globalization;
using RagApp.Contracts.Documents;
using RagApp.Contracts.Identity;
using RagApp.Ingestion.Dlp;
using RagApp.Storage.Documents;
using RagApp.Storage.Documents.Manifests;
using RagApp.Storage.Journals;

namespace RagApp.Ingestion.Audit;

/// <summary>
/// Writes the audit records of documents: who did what to which version, under which access list, with the SHA-256 of
/// the original; never text. A record is written before the manifest that holds the change is saved, so a crash leaves
/// no change without a record, and a change that cannot be recorded does not happen. A superfluous record is possible:
/// for a person's change when a crash came before the manifest was saved (the access list in the next record shows it),
/// and for a step that the service repeated.
/// </summary>
internal sealed class DocumentAudit(IAuditJournal journal, ContentScreener screener, TimeProvider time)
{
    private const string Service = "service:document-ingestion";
    private const string Operator = "service:maintenance";
    private const string ServicePrefix = "service:";

    public Task UploadedAsync(Principal actor, DocumentManifest document, CancellationToken cancellationToken) =>
        AppendAsync(Name(actor), AuditActions.DocumentUploaded, document, document.Latest, cancellationToken,
            ("path", screener.Conceal(document.Tenant, document.Path)),
            ("size", document.Latest.Size.ToString(CultureInfo.InvariantCulture)),
            ("access", List(document.Access)),
            ("source", screener.Conceal(document.Tenant, document.Source)),
            ("tags", Tags(document)));

    public Task AccessChangedAsync(Principal actor, DocumentManifest before, DocumentManifest after, CancellationToken cancellationToken) =>
        AppendAsync(Name(actor), AuditActions.AccessChanged, before, Answering(before), cancellationToken,
            ("accessBefore", List(before.Access)),
            ("accessAfter", List(after.Access)));

    public Task AccessAppliedAsync(DocumentManifest document, CancellationToken cancellationToken) =>
        AppendAsync(Service, AuditActions.AccessApplied, document, Answering(document), cancellationToken, ("access", List(document.Access)));

    public Task TagsChangedAsync(Principal actor, DocumentManifest before, DocumentManifest after, CancellationToken cancellationToken) =>
        AppendAsync(Name(actor), AuditActions.TagsChanged, before, Answering(before), cancellationToken,
            ("tagsBefore", Tags(before)),
            ("tagsAfter", Tags(after)));

    public Task DeletedAsync(Principal actor, DocumentManifest document, CancellationToken cancellationToken) =>
        AppendAsync(Name(actor), AuditActions.DocumentDeleted, document, Answering(document), cancellationToken,
            ("path", screener.Conceal(document.Tenant, document.Path)),
            ("access", List(document.Access)));

    /// <summary>Records that a document whose path is not in normal form C was merged into the document at the normal path.</summary>
    public Task MovedAsync(DocumentManifest document, string path, CancellationToken cancellationToken) =>
        AppendAsync(Service, AuditActions.DocumentMoved, document, Answering(document), cancellationToken,
            ("path", screener.Conceal(document.Tenant, document.Path)),
            ("to", DocumentIds.For(document.Tenant, path)),
            ("access", List(document.Access)));

    public Task ErasedAsync(DocumentManifest document, CancellationToken cancellationToken) =>
        AppendAsync(Service, AuditActions.DocumentErased, document, document.Latest, cancellationToken);

    public Task IndexedAsync(DocumentManifest document, CancellationToken cancellationToken) =>
        AppendAsync(Service, AuditActions.VersionIndexed, document, document.Latest, cancellationToken, ("access", List(document.Access)));

    public Task EmptyAsync(DocumentManifest document, CancellationToken cancellationToken) =>
        AppendAsync(Service, AuditActions.VersionEmpty, document, document.Latest, cancellationToken);

    public Task FailedAsync(DocumentManifest document, CancellationToken cancellationToken) =>
        AppendAsync(Service, AuditActions.DocumentFailed, document, document.Latest, cancellationToken);

    public Task VersionRemovedAsync(DocumentManifest document, DocumentVersion version, CancellationToken cancellationToken) =>
        AppendAsync(Service, AuditActions.VersionRemoved, document, version, cancellationToken);

    /// <summary>Records the confidential data found in the newest version, if any, and the action taken.</summary>
    public async Task ScreenedAsync(DocumentManifest document, CancellationToken cancellationToken)
    {
        if (document.Latest.Screening is not { Findings.Count: > 0 } screening)
            return;
        (string, string)[] details = [("findings", List(screening.Findings)), ("action", screening.Action.ToString().ToLowerInvariant())];
        await AppendAsync(Service, AuditActions.DlpFound, document, document.Latest, cancellationToken, details);
        if (screening.Action == DlpAction.Quarantine)
            await AppendAsync(Service, AuditActions.DlpQuarantined, document, document.Latest, cancellationToken);
        if (screening.Action == DlpAction.Block)
            await AppendAsync(Service, AuditActions.DlpBlocked, document, document.Latest, cancellationToken);
    }

    public Task ReleasedAsync(DocumentManifest document, CancellationToken cancellationToken) =>
        DecidedAsync(AuditActions.DlpReleased, document, cancellationToken);

    public Task RefusedAsync(DocumentManifest document, CancellationToken cancellationToken) =>
        DecidedAsync(AuditActions.DlpRefused, document, cancellationToken);

    private Task DecidedAsync(string action, DocumentManifest document, CancellationToken cancellationToken) =>
        AppendAsync(Operator, action, document, document.Latest, cancellationToken,
            ("by", document.Latest.Decision?.By ?? ""),
            ("why", document.Latest.Decision?.Why ?? ""));

    private Task AppendAsync(
        string actor, string action, DocumentManifest document, DocumentVersion version, CancellationToken cancellationToken,
        params ReadOnlySpan<(string Name, string Value)> details)
    {
        var all = new SortedDictionary<string, string>(StringComparer.Ordinal) { ["incarnation"] = document.Incarnation, ["sha256"] = version.Sha256 };
        foreach (var (name, value) in details)
            all.Add(name, value);
        var record = new AuditRecord(
            document.Tenant, time.GetUtcNow(), actor, action, document.Id, version.Number, all, Activity.Current?.TraceId.ToHexString());
        return journal.AppendAsync(record, cancellationToken);
    }

    private static DocumentVersion Answering(DocumentManifest document) => document.Searchable ?? document.Latest;

    private static string Name(Principal actor) =>
        actor.Subject.StartsWith(ServicePrefix, StringComparison.Ordinal) ? actor.Subject : AccessEntry.User(actor.Subject);

    /// <summary>The tags joined by commas; no tag contains a comma.</summary>
    private string Tags(DocumentManifest document) => screener.Conceal(document.Tenant, string.Join(',', document.Tags));

    /// <summary>The access entries joined by spaces; no entry contains a space.</summary>
    private static string List(IReadOnlyList<string> access) => string.Join(' ', access);

    /// <summary>The number of findings by detector, for example <c>jwt:1 payment-card:3</c>.</summary>
    private static string List(IReadOnlyList<DocumentFinding> findings) =>
        string.Join(' ', findings.Select(finding => string.Create(CultureInfo.InvariantCulture, $"{finding.Detector}:{finding.Count}")));
}
