using System.Globalization;
using RagApp.Storage.Blobs;

namespace RagApp.Storage.Documents;

/// <summary>
/// The blob keys of a document's parts:
/// <code>
/// tenants/TENANT/originals/ID
/// tenants/TENANT/documents/DOCUMENT/manifest.json
/// tenants/TENANT/documents/DOCUMENT/tree-INCARNATION.json
/// tenants/TENANT/documents/DOCUMENT/v1-INCARNATION/content.json
/// tenants/TENANT/documents/DOCUMENT/v1-INCARNATION/vectors-MODEL.bin
/// tenants/TENANT/reembedding.json
/// tenants/TENANT/control/NAME.json
/// </code>
/// Vectors from before vectors were kept by model are in <c>vectors.bin</c>, which names its model inside. Documents from
/// before incarnations existed are in <c>tree.json</c> and <c>v1</c>: their incarnation is the document's id.
/// </summary>
public static class DocumentKeys
{
    internal const string Root = "tenants";
    internal const string Manifest = "manifest.json";
    internal const string UnnamedVectors = "vectors.bin";

    private const string VectorsPrefix = "vectors-";
    private const string VectorsSuffix = ".bin";

    internal static string Tenant(string tenant) => $"{Root}/{KeySegment.Encode(tenant)}";

    internal static string Originals(string tenant) => $"{Tenant(tenant)}/originals";

    internal static string Original(string tenant, string id) => $"{Originals(tenant)}/{id}";

    internal static string Documents(string tenant) => $"{Tenant(tenant)}/documents";

    internal static string ManifestOf(string tenant, string documentId) => $"{Documents(tenant)}/{documentId}/{Manifest}";

    internal static string TreeOf(string tenant, string rootId, string rootIncarnation) =>
        $"{Documents(tenant)}/{rootId}/tree{Suffix(rootId, rootIncarnation)}.json";

    internal static string Version(VersionId version) => string.Create(
        CultureInfo.InvariantCulture,
        $"{Documents(version.Tenant)}/{version.DocumentId}/v{version.Number}{Suffix(version.DocumentId, version.Incarnation)}");

    internal static string Content(VersionId version) => $"{Version(version)}/content.json";

    internal static string Vectors(VersionId version, string model) =>
        $"{Version(version)}/{VectorsPrefix}{KeySegment.Encode(model)}{VectorsSuffix}";

    internal static string VectorsUnnamed(VersionId version) => $"{Version(version)}/{UnnamedVectors}";

    internal static string Reembedding(string tenant) => $"{Tenant(tenant)}/reembedding.json";

    /// <summary>Tenant and id of the document whose manifest has this key; null for the key of another blob.</summary>
    public static (string Tenant, string DocumentId)? ManifestIn(string key) =>
        key.Split('/') is [Root, var tenant, "documents", var id, Manifest] ? (KeySegment.Decode(tenant), id) : null;

    /// <summary>Prefixes of all blobs that hold documents of a tenant, in contrast to its control records and journals.</summary>
    public static IReadOnlyList<string> FoldersOf(string tenant) => [Documents(tenant), Originals(tenant)];

    /// <summary>The version that a folder name such as <c>v1-9f86d081884c7d65</c> means; null for another name.</summary>
    internal static VersionId? VersionIn(string tenant, string documentId, string segment)
    {
        if (!segment.StartsWith('v'))
            return null;
        var dash = segment.IndexOf('-', StringComparison.Ordinal);
        var digits = dash < 0 ? segment.AsSpan(1) : segment.AsSpan(1, dash - 1);
        return int.TryParse(digits, NumberStyles.None, CultureInfo.InvariantCulture, out var number)
            ? new VersionId(tenant, documentId, dash < 0 ? documentId : segment[(dash + 1)..], number)
            : null;
    }

    /// <summary>The model in the name of a vector file; null when the name has none.</summary>
    internal static string? ModelIn(string file) =>
        file.StartsWith(VectorsPrefix, StringComparison.Ordinal) && file.EndsWith(VectorsSuffix, StringComparison.Ordinal)
            ? KeySegment.Decode(file[VectorsPrefix.Length..^VectorsSuffix.Length])
            : null;

    private static string Suffix(string documentId, string incarnation) =>
        string.Equals(documentId, incarnation, StringComparison.Ordinal) ? "" : $"-{incarnation}";
}
