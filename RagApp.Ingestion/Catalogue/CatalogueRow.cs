using System.Buffers.Binary;
using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using RagApp.Contracts.Documents;
using RagApp.Ingestion.Documents;
using RagApp.Storage.Documents.Manifests;
using RagApp.Text;

namespace RagApp.Ingestion.Catalogue;

/// <summary>
/// A document's row in the catalogue: the values by which lists are filtered, sorted and paged. What a list shows is read from
/// the manifest.
/// </summary>
/// <param name="RootId">Id of the uploaded document that this one was extracted from; the document's own id when it was uploaded itself.</param>
/// <param name="ParentId">Id of the document that directly contains this one; null for an uploaded document.</param>
/// <param name="Readers">
/// The access entries that may see the record, one a line in ordinal order; empty for an child document, which has
/// the readers of its upload.
/// </param>
/// <param name="Tags">The tags, each with a line break before and after it.</param>
/// <param name="Date">The date of the version, in ticks of UTC.</param>
/// <param name="Size">Size of the newest original, in bytes.</param>
internal sealed record CatalogueRow(
    string Id, string RootId, string? ParentId, string Readers, string Path, string Title, DocumentStatus Status, bool HasChildren,
    string Source, string Type, string Tags, long Date, long Size)
{
    public static CatalogueRow Of(DocumentManifest manifest) => new(
        manifest.Id,
        manifest.UploadId,
        manifest.Origin?.ParentId,
        manifest.Origin is null ? string.Join('\n', DocumentRights.SeenBy(manifest).Order(StringComparer.Ordinal)) : "",
        manifest.Path,
        manifest.Latest.Title,
        manifest.Latest.Status,
        manifest.Children > 0,
        manifest.Source,
        FilterProperties.TypeOf(manifest.Latest),
        string.Concat(FilterProperties.TagsOf(manifest, manifest.Latest).Select(tag => $"\n{tag}\n")),
        manifest.Latest.Date.UtcTicks,
        manifest.Latest.Size);

    /// <summary>Folds a text for the name search, which ignores case and Unicode normalization.</summary>
    public static string Fold(string text) => NormalForm.Of(text).ToUpperInvariant();

    /// <summary>The name of the status in the API.</summary>
    public static string NameOf(DocumentStatus status) => status.ToString().ToLowerInvariant();

    /// <summary>A fingerprint of the row: the first 64 bits of the SHA-256 over all its values.</summary>
    public long Stamp() => BinaryPrimitives.ReadInt64LittleEndian(SHA256.HashData(Encoding.UTF8.GetBytes(string.Join(
        '\0', RootId, ParentId, Readers, Path, Title, NameOf(Status), HasChildren ? "1" : "0", Source, Type, Tags,
        Date.ToString(CultureInfo.InvariantCulture), Size.ToString(CultureInfo.InvariantCulture)))));
}
