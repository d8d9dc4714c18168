using System.Globalization;
using RagApp.Storage.Blobs;

namespace RagApp.Storage.Documents;

/// <summary>
/// Where a document's parts are:
/// <code>
/// tenants/TENANT/originals/ID
/// tenants/TENANT/documents/DOCUMENT/manifest.json
/// tenants/TENANT/documents/DOCUMENT/tree.json
/// tenants/TENANT/documents/DOCUMENT/v1/content.json
/// tenants/TENANT/documents/DOCUMENT/v1/vectors-MODEL.bin
/// tenants/TENANT/reembedding.json
/// tenants/TENANT/control/NAME.json
/// </code>
/// Vectors that were written before they were kept by model are in <c>vectors.bin</c>, which names its model inside.
/// </summary>
public static class DocumentKeys
{
    internal const string Root = "tenants";
    internal const string Manifest = "manifest.json";
    internal const string UnnamedVectors = "vectors.bin";

    private const string Tree = "tree.json";
    private const string VectorsPrefix = "vectors-";
    private const string VectorsSuffix = ".bin";

    internal static string Tenant(string tenant) => $"{Root}/{KeySegment.Encode(tenant)}";

    internal static string Originals(string tenant) => $"{Tenant(tenant)}/originals";

    internal static string Original(string tenant, string id) => $"{Originals(tenant)}/{id}";

    internal static string Documents(string tenant) => $"{Tenant(tenant)}/documents";

    internal static string ManifestOf(string tenant, string documentId) => $"{Documents(tenant)}/{documentId}/{Manifest}";

    internal static string TreeOf(string tenant, string rootId) => $"{Documents(tenant)}/{rootId}/{Tree}";

    internal static string Version(string tenant, string documentId, int version) =>
        string.Create(CultureInfo.InvariantCulture, $"{Documents(tenant)}/{documentId}/v{version}");

    internal static string Content(string tenant, string documentId, int version) => $"{Version(tenant, documentId, version)}/content.json";

    internal static string Vectors(string tenant, string documentId, int version, string model) =>
        $"{Version(tenant, documentId, version)}/{VectorsPrefix}{KeySegment.Encode(model)}{VectorsSuffix}";

    internal static string VectorsUnnamed(string tenant, string documentId, int version) => $"{Version(tenant, documentId, version)}/{UnnamedVectors}";

    internal static string Reembedding(string tenant) => $"{Tenant(tenant)}/reembedding.json";

    /// <summary>The document whose manifest a key is; null when it is the key of something else.</summary>
    public static (string Tenant, string DocumentId)? ManifestIn(string key) =>
        key.Split('/') is [Root, var tenant, "documents", var id, Manifest] ? (KeySegment.Decode(tenant), id) : null;

    /// <summary>The number in <c>v1</c>; null when the segment is no version.</summary>
    internal static int? VersionIn(string segment) =>
        segment.StartsWith('v') && int.TryParse(segment.AsSpan(1), NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? number : null;

    /// <summary>The model of a vector file by its name; null when the name tells none.</summary>
    internal static string? ModelIn(string file) =>
        file.StartsWith(VectorsPrefix, StringComparison.Ordinal) && file.EndsWith(VectorsSuffix, StringComparison.Ordinal)
            ? KeySegment.Decode(file[VectorsPrefix.Length..^VectorsSuffix.Length])
            : null;
}
