namespace RagApp.Storage.Journals;

/// <summary>The actions of audit records, most of which are written just before the change is saved. The meaning of a name never changes.</summary>
public static class AuditActions
{
    /// <summary>A person uploads a document or a new version of one; details include the access list.</summary>
    public const string DocumentUploaded = "document.uploaded";

    /// <summary>A version becomes the one that searches answer from.</summary>
    public const string VersionIndexed = "document.version.indexed";

    /// <summary>A version has no text: searches no longer find the document.</summary>
    public const string VersionEmpty = "document.version.empty";

    /// <summary>Original, text and vectors of a replaced version are removed.</summary>
    public const string VersionRemoved = "document.version.removed";

    /// <summary>A version cannot be read; searches still answer from an older version, if there is one.</summary>
    public const string DocumentFailed = "document.failed";

    /// <summary>A person deletes a document: searches no longer find it.</summary>
    public const string DocumentDeleted = "document.deleted";

    /// <summary>Index entries, texts, vectors and originals of a deleted document are removed.</summary>
    public const string DocumentErased = "document.erased";

    /// <summary>The service moves a document to the normal form of its path; details include the id of the new document.</summary>
    public const string DocumentMoved = "document.moved";

    /// <summary>A person changes the access list of a document; details: the old list and the new one.</summary>
    public const string AccessChanged = "document.access.changed";

    /// <summary>The changed access list is in the index: searches apply it.</summary>
    public const string AccessApplied = "document.access.applied";

    /// <summary>A person changes the tags of a document; details: the old tags and the new ones.</summary>
    public const string TagsChanged = "document.tags.changed";

    /// <summary>Confidential data is found in a version; details: the number of findings of each kind and the action, never the data.</summary>
    public const string DlpFound = "dlp.found";

    /// <summary>A version is put in quarantine because of its confidential data.</summary>
    public const string DlpQuarantined = "dlp.quarantined";

    /// <summary>An operator releases a version from quarantine; details: the operator and the reason.</summary>
    public const string DlpReleased = "dlp.released";

    /// <summary>An operator refuses a version in quarantine; details: the operator and the reason.</summary>
    public const string DlpRefused = "dlp.refused";

    /// <summary>A version fails because of its confidential data, and its original is removed.</summary>
    public const string DlpBlocked = "dlp.blocked";

    /// <summary>An administrator creates an API key; details: its id, subject, groups, roles, scopes and expiry.</summary>
    public const string KeyCreated = "key.created";

    /// <summary>An administrator revokes an API key; details: its id and subject.</summary>
    public const string KeyRevoked = "key.revoked";

    /// <summary>An administrator ends the sessions of a person; details: the subject.</summary>
    public const string SessionEnded = "session.ended";

    /// <summary>A question was answered; details: outcome, answerer, model, ids of the documents cited, counts, and kinds of hidden data with their counts. Never text.</summary>
    public const string AnswerGiven = "answer.given";

    /// <summary>Passages were searched for; details: ids of the documents found, counts, and kinds of hidden data with their counts. Never text.</summary>
    public const string SearchMade = "search.made";

    /// <summary>A chat model was called in OpenAI's format; details: the model, and kinds of hidden data with their counts. Never text.</summary>
    public const string CompletionGiven = "completion.given";

    /// <summary>A budget refused the call of a model; details: the budget and the feature.</summary>
    public const string BudgetRefused = "budget.refused";

    /// <summary>An administrator changes the glossary; details: the number of entries.</summary>
    public const string GlossaryChanged = "glossary.changed";

    /// <summary>Records that are older than the retention are removed; details: how many, and the number of the last link that went.</summary>
    public const string RecordsExpired = "audit.expired";

    /// <summary>An operator destroys the key of the tenant, and with it all its documents; details: the operator.</summary>
    public const string TenantDestroyed = "tenant.destroyed";

    /// <summary>Credentials are refused; details: the reason, the address, and how many requests in a few seconds.</summary>
    public const string SignInFailed = "signin.failed";
}
