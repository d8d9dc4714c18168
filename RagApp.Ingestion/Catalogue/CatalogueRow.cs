using System.Buffers.Binary;
using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using RagApp.Contracts.Documents;
using RagApp.Ingestion.Intake;
using RagApp.Ingestion.Processing;
using RagApp.Storage.Documents;

namespace RagApp.Ingestion.Catalogue;

/// <summary>What the catalogue knows of a document: what lists are narrowed, sorted and cut by, and nothing that is shown.</summary>
/// <param name="RootId">The document that was uploaded; the document itself when it was.</param>
/// <param name="ParentId">The document that it lies in directly; null for what was uploaded.</param>
/// <param name="Readers">Who may see the record, one entry a line in ordinal order; empty where the list of the upload counts.</param>
/// <param name="Tags">Each with a line break before and after it.</param>
/// <param name="Date">In ticks of UTC.</param>
/// <param name="Size">Of the newest original, in bytes.</param>
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

    /// <summary>Upper and lower case, and spellings of the same characters, are the same to those who look for a name.</summary>
    public static string Fold(string text) => NormalForm.Of(text).ToUpperInvariant();

    /// <summary>As it is called on the wire.</summary>
    public static string NameOf(DocumentStatus status) => status.ToString().ToLowerInvariant();

    /// <summary>Tells two states of a document apart: the first 64 bits of SHA-256 over all that is kept here.</summary>
    public long Stamp() => BinaryPrimitives.ReadInt64LittleEndian(SHA256.HashData(Encoding.UTF8.GetBytes(string.Join(
        '\0', RootId, ParentId, Readers, Path, Title, NameOf(Status), HasChildren ? "1" : "0", Source, Type, Tags,
        Date.ToString(CultureInfo.InvariantCulture), Size.ToString(CultureInfo.InvariantCulture)))));
}
