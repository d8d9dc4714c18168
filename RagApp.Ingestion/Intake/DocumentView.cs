using RagApp.Contracts.Documents;
using RagApp.Ingestion.Catalogue;
using RagApp.Ingestion.Documents;
using RagApp.Storage.Documents.Manifests;

namespace RagApp.Ingestion.Intake;

/// <summary>
/// Converts a manifest to the form that readers see. The status shown is final only when all descendants are final:
/// until then a document whose own text is done is <see cref="DocumentStatus.Unpacking"/>.
/// </summary>
internal sealed class DocumentView(DocumentCatalogue catalogue)
{
    /// <summary>The document for readers, with the number of its descendants by status.</summary>
    public async Task<DocumentInfo> OfAsync(DocumentManifest manifest, CancellationToken cancellationToken)
    {
        if (manifest.Children == 0)
            return Of(manifest, isOpenBelow: false);
        try
        {
            var counts = await catalogue.UseAsync(manifest.Tenant, known => known.CountBelowAsync(manifest.Id), cancellationToken);
            return Of(manifest, isOpenBelow: counts.InProgress > 0) with { ChildCounts = counts };
        }
        catch (CatalogueUnreadyException)
        {
            return Of(manifest, isOpenBelow: true); // unknown counts as not final
        }
    }

    /// <param name="isOpenBelow">True when a document inside this one is still being processed, or when that is unknown.</param>
    public static DocumentInfo Of(DocumentManifest manifest, bool isOpenBelow) => new(
        manifest.Id,
        manifest.Path,
        manifest.Latest.Title,
        manifest.Latest.Number,
        isOpenBelow && manifest.Latest.Status.IsFinal() ? DocumentStatus.Unpacking : manifest.Latest.Status,
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
