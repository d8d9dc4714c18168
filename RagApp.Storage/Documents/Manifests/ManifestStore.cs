using System.Runtime.CompilerServices;
using RagApp.Storage.Blobs;

namespace RagApp.Storage.Documents.Manifests;

internal sealed class ManifestStore(IBlobStore blobs, DamageReport damage) : IManifestStore
{
    /// <summary>The character after <c>/</c> in ordinal order: a key that continues with it comes after every key in the folder.</summary>
    private const char BehindSlash = '0';

    public Task<StoredManifest?> FindAsync(string tenant, string documentId, CancellationToken cancellationToken) =>
        ReadManifestAsync(DocumentKeys.ManifestOf(tenant, documentId), cancellationToken);

    public async Task<StoredManifest> SaveAsync(DocumentManifest manifest, string? etag, CancellationToken cancellationToken)
    {
        await using var json = SealedJson.Write(manifest, DocumentsJson.Plain.DocumentManifest);
        var condition = etag is null ? BlobCondition.IfNew : BlobCondition.IfUnchanged(etag);
        var saved = await blobs.PutAsync(DocumentKeys.ManifestOf(manifest.Tenant, manifest.Id), json, condition, cancellationToken);
        return new StoredManifest(manifest, saved);
    }

    public async IAsyncEnumerable<StoredManifest> ListAsync(
        string tenant, string? afterId, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var folder = DocumentKeys.Documents(tenant);
        var after = afterId is null ? null : $"{folder}/{afterId}{BehindSlash}";
        await foreach (var key in blobs.ListAsync(folder, after, cancellationToken))
        {
            if (key.EndsWith($"/{DocumentKeys.Manifest}", StringComparison.Ordinal) && await TryReadManifestAsync(key, cancellationToken) is { } manifest)
                yield return manifest;
        }
    }

    public async IAsyncEnumerable<string> ListIdsAsync(string tenant, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        await foreach (var key in blobs.ListAsync(DocumentKeys.Documents(tenant), after: null, cancellationToken))
        {
            if (key.EndsWith($"/{DocumentKeys.Manifest}", StringComparison.Ordinal))
                yield return key.Split('/')[^2];
        }
    }

    public async IAsyncEnumerable<string> ListTenantsAsync([EnumeratorCancellation] CancellationToken cancellationToken)
    {
        string? after = null;
        while (await FirstAsync(blobs.ListAsync(DocumentKeys.Root, after, cancellationToken)) is { } key)
        {
            var segment = key.Split('/')[1];
            yield return KeySegment.Decode(segment);
            after = $"{DocumentKeys.Root}/{segment}{BehindSlash}";
        }
    }

    public Task DeleteAsync(string tenant, string documentId, CancellationToken cancellationToken) =>
        blobs.DeleteAsync(DocumentKeys.ManifestOf(tenant, documentId), cancellationToken);

    private async Task<StoredManifest?> ReadManifestAsync(string key, CancellationToken cancellationToken)
    {
        await using var blob = await blobs.OpenAsync(key, cancellationToken);
        return blob is null
            ? null
            : new StoredManifest(await SealedJson.ReadAsync(key, blob.Content, DocumentsJson.Plain.DocumentManifest, cancellationToken), blob.ETag);
    }

    /// <summary>Reads a manifest; null for a damaged one, so that it does not end the list.</summary>
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
}
