using System.Runtime.CompilerServices;
using System.Security.Cryptography;
using RagApp.Storage.Blobs;
using RagApp.Storage.Documents.Manifests;

namespace RagApp.Storage.Documents.Originals;

internal sealed class OriginalStore(IBlobStore blobs) : IOriginalStore
{
    public async Task<StoredOriginal> WriteAsync(string tenant, Stream content, long maxBytes, CancellationToken cancellationToken)
    {
        var id = Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(16));
        await using var original = new OriginalStream(content, maxBytes);
        await blobs.PutAsync(DocumentKeys.Original(tenant, id), original, BlobCondition.IfNew, cancellationToken);
        return new StoredOriginal(id, original.Sha256(), original.Count);
    }

    public Task<Stream?> OpenAsync(string tenant, string originalId, CancellationToken cancellationToken) =>
        blobs.ReadAsync(DocumentKeys.Original(tenant, originalId), cancellationToken);

    public async Task<Stream?> OpenAsync(string tenant, DocumentVersion version, CancellationToken cancellationToken)
    {
        var key = DocumentKeys.Original(tenant, version.OriginalId);
        return await blobs.ReadAsync(key, cancellationToken) is { } content ? new VerifiedStream(key, content, version.Sha256) : null;
    }

    public Task DeleteAsync(string tenant, string originalId, CancellationToken cancellationToken) =>
        blobs.DeleteAsync(DocumentKeys.Original(tenant, originalId), cancellationToken);

    public async IAsyncEnumerable<string> ListAsync(
        string tenant, DateTimeOffset before, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var folder = DocumentKeys.Originals(tenant);
        await foreach (var key in blobs.ListAsync(folder, after: null, cancellationToken))
        {
            if (await blobs.FindWrittenAtAsync(key, cancellationToken) < before)
                yield return key[(folder.Length + 1)..];
        }
    }
}
