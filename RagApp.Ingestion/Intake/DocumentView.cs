using RagApp.Contracts.Documents;
using RagApp.Ingestion.Processing;
using RagApp.Storage.Documents;

namespace RagApp.Ingestion.Intake;

/// <summary>A manifest as its readers see it.</summary>
internal static class DocumentView
{
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
        Source = manifest.Source,
        Type = FilterProperties.TypeOf(manifest.Latest),
        Language = manifest.Latest.Language,
        Date = manifest.Latest.Date,
        Tags = FilterProperties.TagsOf(manifest, manifest.Latest),
        Findings = manifest.Latest.Screening?.Findings ?? [],
    };
}
