using RagApp.Contracts.Documents;
using RagApp.Ingestion.Processing.Members;
using RagApp.Storage.Documents;

namespace RagApp.Ingestion.Dlp;

/// <summary>Who may have the file itself. Redaction changes what is made of a file, never the file, nor the one it came in.</summary>
internal sealed class OriginalAccess(DocumentTrees trees)
{
    private const string Confidential =
        "The file holds confidential data that readers of the document do not get. Only the person who uploaded it can download it.";

    private const string NotScreened =
        "The file has not been looked through for confidential data yet. Until then only the person who uploaded it can download it. Try again in a moment.";

    /// <summary>
    /// Why only the uploader may have it; null when everybody may who may read the document. Until a version and everything
    /// below it has come to its end, what lies in it may not have been looked through.
    /// </summary>
    public async Task<string?> WhyWithheldAsync(DocumentManifest manifest, CancellationToken cancellationToken)
    {
        if (WhyWithheld(manifest.Latest) is { } why)
            return why;
        var inside = (await trees.ReadAsync(manifest, cancellationToken)).Inside(manifest.Id);
        var found = await trees.FindOwnAsync(manifest, inside, cancellationToken);
        return found.Own.Select(member => WhyWithheld(member.Latest)).FirstOrDefault(why => why is not null)
            ?? (found.Damaged.Count > 0 ? NotScreened : null);
    }

    private static string? WhyWithheld(DocumentVersion version) => version switch
    {
        { Screening.Action: >= DlpAction.Redact } => Confidential,
        _ when !version.Status.IsFinal() => NotScreened,
        _ => null,
    };
}
