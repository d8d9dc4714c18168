using System.Runtime.CompilerServices;
using System.Security.Cryptography;
using RagApp.Storage.Blobs;

namespace RagApp.Storage.Documents;

/// <summary>Documents as blobs under the keys of <see cref="DocumentKeys"/>.</summary>
internal sealed class DocumentStore(IBlobStore blobs, DamageReport damage) : IDocumentStore
{
    /// <summary>The character after the slash: a key with it stands behind everything in the folder.</summary>
    private const char BehindSlash = '0';

    public async Task<StoredOriginal> WriteOriginalAsync(string tenant, Stream content, long maxBytes, CancellationToken cancellationToken)
    {
        var id = Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(16));
        await using var original = new OriginalStream(content, maxBytes);
        await blobs.PutAsync(DocumentKeys.Original(tenant, id), original, BlobCondition.IfNew, cancellationToken);
        return new StoredOriginal(id, original.Sha256(), original.Count);
    }

    public Task<Stream?> OpenOriginalAsync(string tenant, string originalId, CancellationToken cancellationToken) =>
        blobs.ReadAsync(DocumentKeys.Original(tenant, originalId), cancellationToken);

    public async Task<Stream?> OpenOriginalAsync(string tenant, DocumentVersion version, CancellationToken cancellationToken)
    {
        var key = DocumentKeys.Original(tenant, version.OriginalId);
        return await blobs.OpenAsync(key, cancellationToken) is { } blob ? new VerifiedStream(key, blob.Content, version.Sha256) : null;
    }

    public Task DeleteOriginalAsync(string tenant, string originalId, CancellationToken cancellationToken) =>
        blobs.DeleteAsync(DocumentKeys.Original(tenant, originalId), cancellationToken);

    public async IAsyncEnumerable<string> ListOriginalsAsync(
        string tenant, DateTimeOffset before, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var folder = DocumentKeys.Originals(tenant);
        await foreach (var key in blobs.ListAsync(folder, after: null, cancellationToken))
        {
            if (await blobs.FindWrittenAtAsync(key, cancellationToken) < before)
                yield return key[(folder.Length + 1)..];
        }
    }

    public Task<StoredManifest?> FindAsync(string tenant, string documentId, CancellationToken cancellationToken) =>
        ReadManifestAsync(DocumentKeys.ManifestOf(tenant, documentId), cancellationToken);

    public async Task<StoredManifest> SaveAsync(DocumentManifest manifest, string? etag, CancellationToken cancellationToken)
    {
        await using var json = SealedJson.Write(manifest, StorageJson.Plain.DocumentManifest);
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

    public IAsyncEnumerable<StoredDocument> InspectAsync(string tenant, CancellationToken cancellationToken) =>
        new StoreInspection(blobs).WalkAsync(tenant, cancellationToken);

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

    public async Task<StoredTree?> FindTreeAsync(string tenant, string rootId, string rootIncarnation, CancellationToken cancellationToken)
    {
        var key = DocumentKeys.TreeOf(tenant, rootId, rootIncarnation);
        await using var blob = await blobs.OpenAsync(key, cancellationToken);
        return blob is null
            ? null
            : new StoredTree(await SealedJson.ReadAsync(key, blob.Content, StorageJson.Plain.DocumentTree, cancellationToken), blob.ETag);
    }

    public async Task<StoredTree> SaveTreeAsync(DocumentTree tree, string? etag, CancellationToken cancellationToken)
    {
        await using var json = SealedJson.Write(tree, StorageJson.Plain.DocumentTree);
        var condition = etag is null ? BlobCondition.IfNew : BlobCondition.IfUnchanged(etag);
        return new StoredTree(tree, await blobs.PutAsync(DocumentKeys.TreeOf(tree.Tenant, tree.RootId, tree.RootIncarnation), json, condition, cancellationToken));
    }

    public Task DeleteTreeAsync(string tenant, string rootId, string rootIncarnation, CancellationToken cancellationToken) =>
        blobs.DeleteAsync(DocumentKeys.TreeOf(tenant, rootId, rootIncarnation), cancellationToken);

    public Task WriteContentAsync(VersionId version, DocumentContent content, CancellationToken cancellationToken) =>
        PutAsync(DocumentKeys.Content(version), SealedJson.Write(content, StorageJson.Plain.DocumentContent), cancellationToken);

    public async Task<DocumentContent?> ReadContentAsync(VersionId version, CancellationToken cancellationToken)
    {
        var key = DocumentKeys.Content(version);
        await using var blob = await blobs.ReadAsync(key, cancellationToken);
        return blob is null ? null : await SealedJson.ReadAsync(key, blob, StorageJson.Plain.DocumentContent, cancellationToken);
    }

    public async Task WriteVectorsAsync(VersionId version, DocumentVectors vectors, CancellationToken cancellationToken) =>
        await PutAsync(DocumentKeys.Vectors(version, vectors.Model), new MemoryStream(VectorFile.Write(vectors)), cancellationToken);

    public async Task<DocumentVectors?> ReadVectorsAsync(
        VersionId version, string model, CancellationToken cancellationToken)
    {
        if (await ReadVectorsAsync(DocumentKeys.Vectors(version, model), cancellationToken) is { } vectors)
            return vectors;
        var unnamed = await ReadVectorsAsync(DocumentKeys.VectorsUnnamed(version), cancellationToken);
        return unnamed?.Model == model ? unnamed : null;
    }

    public async Task DeleteVectorsAsync(VersionId version, string model, CancellationToken cancellationToken)
    {
        await blobs.DeleteAsync(DocumentKeys.Vectors(version, model), cancellationToken);
        var unnamed = DocumentKeys.VectorsUnnamed(version);
        if ((await ReadVectorsAsync(unnamed, cancellationToken))?.Model == model)
            await blobs.DeleteAsync(unnamed, cancellationToken);
    }

    public async Task DeleteVersionAsync(VersionId version, CancellationToken cancellationToken)
    {
        await foreach (var key in blobs.ListAsync(DocumentKeys.Version(version), after: null, cancellationToken))
            await blobs.DeleteAsync(key, cancellationToken);
    }

    public Task DeleteManifestAsync(string tenant, string documentId, CancellationToken cancellationToken) =>
        blobs.DeleteAsync(DocumentKeys.ManifestOf(tenant, documentId), cancellationToken);

    public async Task<string?> FindReembeddingAsync(string tenant, CancellationToken cancellationToken)
    {
        var key = DocumentKeys.Reembedding(tenant);
        await using var blob = await blobs.ReadAsync(key, cancellationToken);
        return blob is null ? null : (await SealedJson.ReadAsync(key, blob, StorageJson.Plain.Reembedding, cancellationToken)).Model;
    }

    public Task SetReembeddingAsync(string tenant, string? model, CancellationToken cancellationToken) => model is null
        ? blobs.DeleteAsync(DocumentKeys.Reembedding(tenant), cancellationToken)
        : PutAsync(DocumentKeys.Reembedding(tenant), SealedJson.Write(new Reembedding(model), StorageJson.Plain.Reembedding), cancellationToken);

    private async Task<DocumentVectors?> ReadVectorsAsync(string key, CancellationToken cancellationToken)
    {
        await using var blob = await blobs.ReadAsync(key, cancellationToken);
        if (blob is null)
            return null;
        using var bytes = new MemoryStream();
        await blob.CopyToAsync(bytes, cancellationToken);
        return VectorFile.Read(key, bytes.GetBuffer().AsSpan(0, (int)bytes.Length));
    }

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

    /// <summary>Stored while a tenant's passages get vectors of another model.</summary>
    internal sealed record Reembedding(string Model);
}
