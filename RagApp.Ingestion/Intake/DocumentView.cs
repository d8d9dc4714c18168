using RagApp.Contracts.Documents;
using RagApp.Storage.Documents;

namespace RagApp.Ingestion.Intake;

/// <summary>A manifest as its readers see it.</summary>
internal static class DocumentView
{
    private const string DlpTag = "dlp:";

    public static DocumentInfo Of(DocumentManifest manifest) => new(
        manifest.Id,
        manifest.Path,
        manifest.Latest.Title,
        manifest.Latest.Number,
        manifest.Latest.Status,
        manifest.Searchable?.Number,
        manifest.Latest.Reason,
        manifest.Latest.Warnings,
        manifest.Latest.Done,
        manifest.Latest.Total,
        manifest.Latest.Reused,
        manifest.Latest.Size,
        manifest.Latest.Sha256,
        manifest.Latest.ContentType,
        manifest.Access,
        manifest.UploadedBy,
        manifest.CreatedAt,
        manifest.UpdatedAt)
    {
        Author = manifest.Latest.Author,
        WrittenAt = manifest.Latest.WrittenAt,
        ChangedAt = manifest.Latest.ChangedAt,
        ParentId = manifest.Origin?.ParentId,
        Children = manifest.Children,
        Tags = [.. Findings(manifest).Select(finding => DlpTag + finding.Detector)],
        Findings = Findings(manifest),
    };

    private static IReadOnlyList<DocumentFinding> Findings(DocumentManifest manifest) => manifest.Latest.Screening?.Findings ?? [];
}
