using System.Collections.Concurrent;
using System.Net;
using RagApp.Contracts.Http;
using RagApp.Storage.Blobs;
using RagApp.Storage.Control;

namespace RagApp.Gateway.Authentication.Keys;

/// <summary>
/// Reads and changes <see cref="TenantAccess"/>, one control record per tenant. Requests use a copy that is at most two seconds old, so
/// that a change holds everywhere soon. While the record cannot be read, nobody gets in by it.
/// </summary>
internal sealed class TenantAccessStore(ControlRecords records, TimeProvider time)
{
    private const string Name = "access";
    private const int MaxTenants = 1000;
    private const int Attempts = 10;

    private static readonly TimeSpan Lifetime = TimeSpan.FromSeconds(2);
    private static readonly TimeSpan Pause = TimeSpan.FromSeconds(5);

    private readonly ConcurrentDictionary<string, Copy> _copies = new(StringComparer.Ordinal);

    /// <exception cref="ProblemException">503: the record cannot be read.</exception>
    public async Task<TenantAccess> GetAsync(string tenant, CancellationToken cancellationToken)
    {
        var now = time.GetUtcNow();
        if (!_copies.TryGetValue(tenant, out var copy) || now - copy.Begun >= Lifetime)
        {
            if (_copies.Count >= MaxTenants)
                _copies.Clear();
            // Requests that come meanwhile wait for the same reading, which none of them can cancel.
            copy = new Copy(now, new Lazy<Task<TenantAccess>>(() => ReadAsync(tenant)));
            _copies[tenant] = copy;
        }
        return await copy.Value.Value.WaitAsync(cancellationToken);
    }

    /// <summary>Makes a change on the newest record, again when another replica changed it meanwhile.</summary>
    /// <exception cref="ProblemException">503: the record cannot be read or written.</exception>
    public async Task<TenantAccess> ChangeAsync(string tenant, Func<TenantAccess, TenantAccess> change, CancellationToken cancellationToken)
    {
        for (var attempt = 1; ; attempt++)
        {
            try
            {
                var record = await records.FindAsync(tenant, Name, TenantAccessJson.Default.TenantAccess, cancellationToken);
                var changed = change(record?.Value ?? TenantAccess.Empty);
                await records.SaveAsync(tenant, Name, changed, record?.ETag, TenantAccessJson.Default.TenantAccess, cancellationToken);
                _copies.TryRemove(tenant, out _);
                return changed;
            }
            catch (BlobConflictException) when (attempt < Attempts)
            {
                // Another replica was first: the change is made on its result.
            }
            catch (Exception exception) when (exception is CorruptBlobException or StoreUnavailableException or IOException or BlobConflictException)
            {
                throw Away(exception);
            }
        }
    }

    private async Task<TenantAccess> ReadAsync(string tenant)
    {
        try
        {
            return (await records.FindAsync(tenant, Name, TenantAccessJson.Default.TenantAccess, CancellationToken.None))?.Value ?? TenantAccess.Empty;
        }
        catch (Exception exception) when (exception is CorruptBlobException or StoreUnavailableException or IOException)
        {
            _copies.TryRemove(tenant, out _);
            throw Away(exception);
        }
    }

    private static ProblemException Away(Exception exception) =>
        new(HttpStatusCode.ServiceUnavailable, "API keys and sessions cannot be checked at the moment. Try again.", exception) { RetryAfter = Pause };

    private sealed record Copy(DateTimeOffset Begun, Lazy<Task<TenantAccess>> Value);
}
