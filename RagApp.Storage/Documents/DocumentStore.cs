using System.Globalization;
using System.Runtime.CompilerServices;
using System.Security.Cryptography;
using RagApp.Storage.Blobs;

namespace RagApp.Storage.Documents;

/// <summary>
/// Documents as blobs:
/// <code>
/// tenants/TENANT/originals/ID
/// tenants/TENANT/documents/DOCUMENT/manifest.json
/// tenants/TENANT/documents/DOCUMENT/tree.json
/// tenants/TENANT/documents/DOCUMENT/v1/content.json
/// tenants/TENANT/documents/DOCUMENT/v1/vectors.bin
/// </code>
/// </summary>
internal sealed class DocumentStore(IBlobStore blobs, DamageReport damage) : IDocumentStore
{
    private const string Root = "tenants";
    private const string Manifest = "manifest.json";
    private const string Tree = "tree.json";

    /// <summary>The character after the slash: a key with it stands behind everything in the folder.</summary>
    private const char BehindSlash = '0';

    public async Task<StoredOriginal> WriteOriginalAsync(string tenant, Stream content, long maxBytes, CancellationToken cancellationToken)
    {
        var id = Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(16));
        await using var original = new OriginalStream(content, maxBytes);
        await blobs.PutAsync(OriginalKey(tenant, id), original, BlobCondition.IfNew, cancellationToken);
        return new StoredOriginal(id, original.Sha256(), original.Count);
    }

    public Task<Stream?> OpenOriginalAsync(string tenant, string originalId, CancellationToken cancellationToken) =>
        blobs.ReadAsync(OriginalKey(tenant, originalId), cancellationToken);

    public async Task<Stream?> OpenOriginalAsync(string tenant, DocumentVersion version, CancellationToken cancellationToken)
    {
        var key = OriginalKey(tenant, version.OriginalId);
        return await blobs.OpenAsync(key, cancellationToken) is { } blob ? new VerifiedStream(key, blob.Content, version.Sha256) : null;
    }

    public Task DeleteOriginalAsync(string tenant, string originalId, CancellationToken cancellationToken) =>
        blobs.DeleteAsync(OriginalKey(tenant, originalId), cancellationToken);

    public Task<StoredManifest?> FindAsync(string tenant, string documentId, CancellationToken cancellationToken) =>
        ReadManifestAsync(ManifestKey(tenant, documentId), cancellationToken);

    public async Task<StoredManifest> SaveAsync(DocumentManifest manifest, string? etag, CancellationToken cancellationToken)
    {
        await using var json = SealedJson.Write(manifest, StorageJson.Plain.DocumentManifest);
        var condition = etag is null ? BlobCondition.IfNew : BlobCondition.IfUnchanged(etag);
        var saved = await blobs.PutAsync(ManifestKey(manifest.Tenant, manifest.Id), json, condition, cancellationToken);
        return new StoredManifest(manifest, saved);
    }

    public async IAsyncEnumerable<StoredManifest> ListAsync(
        string tenant, string? afterId, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var folder = $"{TenantKey(tenant)}/documents";
        var after = afterId is null ? null : $"{folder}/{afterId}{BehindSlash}";
        await foreach (var key in blobs.ListAsync(folder, after, cancellationToken))
        {
            if (key.EndsWith($"/{Manifest}", StringComparison.Ordinal) && await TryReadManifestAsync(key, cancellationToken) is { } manifest)
                yield return manifest;
        }
    }

    public async IAsyncEnumerable<string> ListTenantsAsync([EnumeratorCancellation] CancellationToken cancellationToken)
    {
        string? after = null;
        while (await FirstAsync(blobs.ListAsync(Root, after, cancellationToken)) is { } key)
        {
            var segment = key.Split('/')[1];
            yield return KeySegment.Decode(segment);
            after = $"{Root}/{segment}{BehindSlash}";
        }
    }

    public async Task<StoredTree?> FindTreeAsync(string tenant, string rootId, CancellationToken cancellationToken)
    {
        var key = TreeKey(tenant, rootId);
        await using var blob = await blobs.OpenAsync(key, cancellationToken);
        return blob is null
            ? null
            : new StoredTree(await SealedJson.ReadAsync(key, blob.Content, StorageJson.Plain.DocumentTree, cancellationToken), blob.ETag);
    }

    public async Task<StoredTree> SaveTreeAsync(DocumentTree tree, string? etag, CancellationToken cancellationToken)
    {
        await using var json = SealedJson.Write(tree, StorageJson.Plain.DocumentTree);
        var condition = etag is null ? BlobCondition.IfNew : BlobCondition.IfUnchanged(etag);
        return new StoredTree(tree, await blobs.PutAsync(TreeKey(tree.Tenant, tree.RootId), json, condition, cancellationToken));
    }

    public Task DeleteTreeAsync(string tenant, string rootId, CancellationToken cancellationToken) =>
        blobs.DeleteAsync(TreeKey(tenant, rootId), cancellationToken);

    public Task WriteContentAsync(string tenant, string documentId, int version, DocumentContent content, CancellationToken cancellationToken) =>
        PutAsync(ContentKey(tenant, documentId, version), SealedJson.Write(content, StorageJson.Plain.DocumentContent), cancellationToken);

    public async Task<DocumentContent?> ReadContentAsync(string tenant, string documentId, int version, CancellationToken cancellationToken)
    {
        var key = ContentKey(tenant, documentId, version);
        await using var blob = await blobs.ReadAsync(key, cancellationToken);
        return blob is null ? null : await SealedJson.ReadAsync(key, blob, StorageJson.Plain.DocumentContent, cancellationToken);
    }

    public async Task WriteVectorsAsync(string tenant, string documentId, int version, DocumentVectors vectors, CancellationToken cancellationToken) =>
        await PutAsync(VectorsKey(tenant, documentId, version), new MemoryStream(VectorFile.Write(vectors)), cancellationToken);

    public async Task<DocumentVectors?> ReadVectorsAsync(string tenant, string documentId, int version, CancellationToken cancellationToken)
    {
        var key = VectorsKey(tenant, documentId, version);
        await using var blob = await blobs.ReadAsync(key, cancellationToken);
        if (blob is null)
            return null;
        using var bytes = new MemoryStream();
        await blob.CopyToAsync(bytes, cancellationToken);
        return VectorFile.Read(key, bytes.GetBuffer().AsSpan(0, (int)bytes.Length));
    }

    public async Task DeleteVersionAsync(string tenant, string documentId, int version, CancellationToken cancellationToken)
    {
        await blobs.DeleteAsync(VectorsKey(tenant, documentId, version), cancellationToken);
        await blobs.DeleteAsync(ContentKey(tenant, documentId, version), cancellationToken);
    }

    public Task DeleteManifestAsync(string tenant, string documentId, CancellationToken cancellationToken) =>
        blobs.DeleteAsync(ManifestKey(tenant, documentId), cancellationToken);

    private async Task PutAsync(string key, Stream content, CancellationToken cancellationToken)
    {
        await using (content)
            await blobs.PutAsync(key, content, BlobCondition.None, cancellationToken);
    }

    private async Task<StoredManifest?> ReadManifestAsync(string key, CancellationToken cancellationToken)
    {
        await using var blob = await blobs.OpenAsync(key, cancellationToken);
        return blob is null
            ? null
            : new StoredManifest(await SealedJson.ReadAsync(key, blob.Content, StorageJson.Plain.DocumentManifest, cancellationToken), blob.ETag);
    }

    /// <summary>One damaged manifest costs its document, not the list.</summary>
    private async Task<StoredManifest?> TryReadManifestAsync(string key, CancellationToken cancellationToken)
    {
        try
        {
            return await ReadManifestAsync(key, cancellationToken);
        }
        catch (CorruptBlobException exception)
        {
            damage.Add(exception);
            return null;
        }
    }

    private static async Task<string?> FirstAsync(IAsyncEnumerable<string> keys)
    {
        await foreach (var key in keys)
            return key;
        return null;
    }

    private static string TenantKey(string tenant) => $"{Root}/{KeySegment.Encode(tenant)}";

    private static string OriginalKey(string tenant, string id) => $"{TenantKey(tenant)}/originals/{id}";

    private static string ManifestKey(string tenant, string documentId) => $"{TenantKey(tenant)}/documents/{documentId}/{Manifest}";

    private static string TreeKey(string tenant, string rootId) => $"{TenantKey(tenant)}/documents/{rootId}/{Tree}";

    private static string ContentKey(string tenant, string documentId, int version) => $"{VersionKey(tenant, documentId, version)}/content.json";

    private static string VectorsKey(string tenant, string documentId, int version) => $"{VersionKey(tenant, documentId, version)}/vectors.bin";

    private static string VersionKey(string tenant, string documentId, int version) =>
        string.Create(CultureInfo.InvariantCulture, $"{TenantKey(tenant)}/documents/{documentId}/v{version}");
}
