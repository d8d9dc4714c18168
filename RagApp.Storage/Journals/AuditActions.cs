namespace RagApp.Storage.Journals;

/// <summary>What audit records say was done. A name never changes its meaning; a new meaning gets a new name.</summary>
public static class AuditActions
{
    /// <summary>A person uploads a document or a new version of one; details: who may read it.</summary>
    public const string DocumentUploaded = "document.uploaded";

    /// <summary>A version answers from now on.</summary>
    public const string VersionIndexed = "document.version.indexed";

    /// <summary>A version without text: the document answers nothing from now on.</summary>
    public const string VersionEmpty = "document.version.empty";

    /// <summary>An overtaken version's original, text and vectors are gone.</summary>
    public const string VersionRemoved = "document.version.removed";

    /// <summary>A version could not be read; an older one goes on answering.</summary>
    public const string DocumentFailed = "document.failed";

    /// <summary>A person deletes a document: it answers nothing from now on.</summary>
    public const string DocumentDeleted = "document.deleted";

    /// <summary>A deleted document's index entries, texts, vectors and originals are gone.</summary>
    public const string DocumentErased = "document.erased";

    /// <summary>The service takes a document over to the normal form of its path; details: the document that it is from now on.</summary>
    public const string DocumentMoved = "document.moved";

    /// <summary>A person changes who may read a document; details: the old list and the new one.</summary>
    public const string AccessChanged = "document.access.changed";

    /// <summary>The index has the new list: from now on it holds for searches.</summary>
    public const string AccessApplied = "document.access.applied";

    /// <summary>A person changes the tags of a document; details: the old ones and the new ones.</summary>
    public const string TagsChanged = "document.tags.changed";

    /// <summary>Confidential data was found in a version; details: how often of which kind, and what was done. Never the data.</summary>
    public const string DlpFound = "dlp.found";

    /// <summary>A version was set aside because of what was found.</summary>
    public const string DlpQuarantined = "dlp.quarantined";

    /// <summary>An operator lets a version out of quarantine; details: who, and why.</summary>
    public const string DlpReleased = "dlp.released";

    /// <summary>An operator refuses a version in quarantine; details: who, and why.</summary>
    public const string DlpRefused = "dlp.refused";

    /// <summary>A version failed because of what was found, and its original is removed.</summary>
    public const string DlpBlocked = "dlp.blocked";
}
