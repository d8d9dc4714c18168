using RagApp.Contracts.Documents;
using RagApp.Ingestion.Processing.Changes;
using RagApp.Storage.Documents.Manifests;

namespace RagApp.Ingestion.Processing.Screening;

/// <summary>
/// Decides who may download the original file. Redaction changes only the text made from a file, never the file itself
/// or the file that contains it.
/// </summary>
internal sealed class OriginalAccess(DocumentTrees trees)
{
    private const string Confidential =
        "The file holds confidential data that readers of the document do not get. Only the person who uploaded it can download it.";

    private const string NotScreened =
        "The file has not been looked through for confidential data yet. Until then only the person who uploaded it can download it. Try again in a moment.";

    /// <summary>
    /// The reason for which only the uploader may download the file; null when every reader of the document may. Until
    /// the version and all its descendants are finished, a file inside may not have been screened.
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
