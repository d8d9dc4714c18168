using RagApp.Contracts.Documents;
using RagApp.Ingestion.Processing.Members;
using RagApp.Storage.Documents;

namespace RagApp.Ingestion.Dlp;

/// <summary>Who may have the file itself. Redaction changes what is made of a file, never the file, nor the one it came in.</summary>
internal sealed class OriginalAccess(IDocumentStore store, DocumentTrees trees)
{
    private const string Confidential =
        "The file holds confidential data that readers of the document do not get. Only the person who uploaded it can download it.";

    private const string NotScreened =
        "The file has not been looked through for confidential data yet. Until then only the person who uploaded it can download it. Try again in a moment.";

    /// <summary>Why only the uploader may have it; null when everybody may who may read the document.</summary>
    public async Task<string?> WhyWithheldAsync(DocumentManifest manifest, CancellationToken cancellationToken)
    {
        if (WhyWithheld(manifest.Latest) is { } why)
            return why;
        if (manifest.Children == 0)
            return null;
        foreach (var id in (await trees.ReadAsync(manifest, cancellationToken)).Inside(manifest.Id))
        {
            if (await store.FindAsync(manifest.Tenant, id, cancellationToken) is { Manifest: var inside } && WhyWithheld(inside.Latest) is { } whyInside)
                return whyInside;
        }
        return null;
    }

    private static string? WhyWithheld(DocumentVersion version) => version switch
    {
        { Screening.Action: >= DlpAction.Redact } => Confidential,
        { Screening: null } when !version.Status.IsFinal() => NotScreened,
        _ => null,
    };
}
