using RagApp.Storage.Blobs;
using RagApp.Storage.Sealing;

namespace RagApp.Storage.Encryption;

/// <summary>Encrypts blobs of documents that were stored in clear, before there was encryption or while it was off.</summary>
public sealed class ClearBlobs
{
    private readonly IBlobStore _stored;
    private readonly IBlobStore _encrypted;

    /// <param name="stored">The blobs as they are stored.</param>
    /// <param name="encrypted">The same store, which encrypts what it writes.</param>
    internal ClearBlobs(IBlobStore stored, IBlobStore encrypted) => (_stored, _encrypted) = (stored, encrypted);

    /// <summary>Encrypts the blobs of a tenant. A blob that is changed or deleted meanwhile is left to that change.</summary>
    /// <param name="progress">Is told the number of blobs that were looked at.</param>
    /// <returns>Number of blobs that were encrypted.</returns>
    public async Task<int> EncryptAsync(string tenant, Action<int> progress, CancellationToken cancellationToken)
    {
        var (looked, encrypted) = (0, 0);
        await foreach (var key in _stored.ListAsync($"tenants/{KeySegment.Encode(tenant)}", after: null, cancellationToken))
        {
            if (EncryptedBlobStore.TenantOf(key) is null)
                continue;
            if (await IsClearAsync(key, cancellationToken) && await TryEncryptAsync(key, cancellationToken))
                encrypted++;
            progress(++looked);
        }
        return encrypted;
    }

    private async Task<bool> IsClearAsync(string key, CancellationToken cancellationToken)
    {
        await using var content = await _stored.ReadAsync(key, cancellationToken);
        if (content is null)
            return false;
        var mark = new byte[SealedSegments.MarkLength];
        var read = await content.ReadAtLeastAsync(mark, mark.Length, throwOnEndOfStream: false, cancellationToken);
        return !UnsealingStream.IsSealed(mark.AsSpan(0, read), BlobFormat.Instance);
    }

    private async Task<bool> TryEncryptAsync(string key, CancellationToken cancellationToken)
    {
        await using var blob = await _stored.OpenAsync(key, cancellationToken);
        if (blob is null)
            return false;
        try
        {
            await _encrypted.PutAsync(key, blob.Content, BlobCondition.IfUnchanged(blob.ETag), cancellationToken);
            return true;
        }
        catch (BlobConflictException)
        {
            return false;
        }
    }
}
