using RagApp.Contracts.Documents;
using RagApp.Ingestion.Catalogue;
using RagApp.Ingestion.Processing;
using RagApp.Storage.Documents;

namespace RagApp.Ingestion.Intake;

/// <summary>
/// A manifest as its readers see it. The state that they see is final only when that of everything below is: until then
/// a document whose own text is done is <see cref="DocumentStatus.Unpacking"/>.
/// </summary>
internal sealed class DocumentView(DocumentCatalogue catalogue)
{
    /// <summary>With how far everything below it is.</summary>
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
            return Of(manifest, isOpenBelow: true); // not known yet, and so not final
        }
    }

    /// <param name="isOpenBelow">Whether anything that came out of it is still in work, or may be.</param>
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
