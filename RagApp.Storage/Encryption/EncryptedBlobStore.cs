using Microsoft.Extensions.Options;
using RagApp.Storage.Blobs;
using RagApp.Storage.Sealing;

namespace RagApp.Storage.Encryption;

/// <summary>
/// Encrypts what is stored of documents, <c>tenants/TENANT/documents/</c> and <c>tenants/TENANT/originals/</c>, with the key of the tenant, while it
/// is written and read. Other blobs pass unchanged, and so does what was stored in clear before.
/// </summary>
internal sealed class EncryptedBlobStore(IBlobStore blobs, TenantKeys keys, IOptions<EncryptionOptions> options) : IBlobStore
{
    public async Task<string> PutAsync(string key, Stream content, BlobCondition condition, CancellationToken cancellationToken)
    {
        if (!options.Value.Documents || TenantOf(key) is not { } tenant || await keys.GetAsync(tenant, cancellationToken) is not { } tenantKey)
            return await blobs.PutAsync(key, content, condition, cancellationToken);
        await using var encrypted = new SealingStream(content, tenantKey.Blobs, key, leaveOpen: true);
        return await blobs.PutAsync(key, encrypted, condition, cancellationToken);
    }

    public async Task<Stream?> ReadAsync(string key, CancellationToken cancellationToken) =>
        await blobs.ReadAsync(key, cancellationToken) is { } stored ? await DecryptAsync(key, stored, cancellationToken) : null;

    public async Task<Blob?> OpenAsync(string key, CancellationToken cancellationToken) =>
        await blobs.OpenAsync(key, cancellationToken) is { } stored ? stored with { Content = await DecryptAsync(key, stored.Content, cancellationToken) } : null;

    public Task<DateTimeOffset?> FindWrittenAtAsync(string key, CancellationToken cancellationToken) => blobs.FindWrittenAtAsync(key, cancellationToken);

    public Task DeleteAsync(string key, CancellationToken cancellationToken) => blobs.DeleteAsync(key, cancellationToken);

    public IAsyncEnumerable<string> ListAsync(string prefix, string? after, CancellationToken cancellationToken) => blobs.ListAsync(prefix, after, cancellationToken);

    /// <summary>The tenant whose document the blob is part of; null for any other blob.</summary>
    internal static string? TenantOf(string key) =>
        key.Split('/') is ["tenants", var tenant, "documents" or "originals", ..] ? KeySegment.Decode(tenant) : null;

    private async Task<Stream> DecryptAsync(string key, Stream stored, CancellationToken cancellationToken)
    {
        if (TenantOf(key) is not { } tenant)
            return stored;
        try
        {
            var header = new byte[SealedSegments.HeaderLength];
            var read = await stored.ReadAtLeastAsync(header, header.Length, throwOnEndOfStream: false, cancellationToken);
            if (!UnsealingStream.IsSealed(header, BlobFormat.Instance))
                return FromStart(stored, header.AsMemory(0, read));
            var known = await KeysAsync(key, tenant, cancellationToken);
            return UnsealingStream.Open(stored, header.AsSpan(0, read), BlobFormat.Instance, known, key);
        }
        catch
        {
            await stored.DisposeAsync();
            throw;
        }
    }

    private async Task<IReadOnlyList<SealingKey>> KeysAsync(string key, string tenant, CancellationToken cancellationToken)
    {
        try
        {
            return await keys.FindAsync(tenant, cancellationToken) is { } found ? [found.Blobs] : [];
        }
        catch (KeyDestroyedException exception)
        {
            throw new CorruptBlobException(key, "the key of its tenant was destroyed", exception);
        }
    }

    private static Stream FromStart(Stream stored, ReadOnlyMemory<byte> start)
    {
        if (!stored.CanSeek)
            return new ResumedStream(start, stored);
        stored.Position = 0;
        return stored;
    }
}
