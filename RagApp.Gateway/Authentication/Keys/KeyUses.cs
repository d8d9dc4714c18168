using System.Collections.Concurrent;
using RagApp.Storage.Blobs;
using RagApp.Storage.Control;

namespace RagApp.Gateway.Authentication.Keys;

/// <summary>Notes when keys were last used, and stores it every half a minute: a request never waits for it, and a crash loses half a minute.</summary>
internal sealed class KeyUses(ControlRecords records, TimeProvider time, ILogger<KeyUses> logger) : BackgroundService
{
    private const string Name = "access-uses";
    private const int Attempts = 10;

    private static readonly TimeSpan Interval = TimeSpan.FromSeconds(30);

    private readonly ConcurrentDictionary<(string Tenant, string Id), DateTimeOffset> _fresh = new();

    public void Note(string tenant, string id) => _fresh[(tenant, id)] = time.GetUtcNow();

    /// <summary>The last uses of a tenant's keys by id, those of this replica that are not stored yet included.</summary>
    public async Task<IReadOnlyDictionary<string, DateTimeOffset>> ReadAsync(string tenant, CancellationToken cancellationToken)
    {
        var stored = await records.FindAsync(tenant, Name, TenantAccessJson.Default.KeyUseTimes, cancellationToken);
        return Merge(stored?.Value, _fresh.Where(use => use.Key.Tenant == tenant).ToDictionary(use => use.Key.Id, use => use.Value, StringComparer.Ordinal));
    }

    /// <summary>Stores what was noted so far.</summary>
    internal async Task StoreAsync(CancellationToken cancellationToken)
    {
        foreach (var tenant in _fresh.ToArray().GroupBy(use => use.Key.Tenant, StringComparer.Ordinal))
        {
            try
            {
                await StoreAsync(tenant.Key, tenant.ToDictionary(use => use.Key.Id, use => use.Value, StringComparer.Ordinal), cancellationToken);
                foreach (var use in tenant)
                    _fresh.TryRemove(use); // only if it was not used again meanwhile
            }
            catch (Exception exception) when (exception is not OperationCanceledException)
            {
                logger.UsesNotStored(exception); // a boundary: the next time tries again
            }
        }
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var tick = new PeriodicTimer(Interval, time);
        try
        {
            while (await tick.WaitForNextTickAsync(stoppingToken))
                await StoreAsync(stoppingToken);
        }
        catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
        {
            // The service ends; the rest is stored below.
        }
    }

    /// <summary>Stores what was noted since the last time, when the service ends in peace.</summary>
    public override async Task StopAsync(CancellationToken cancellationToken)
    {
        await base.StopAsync(cancellationToken);
        if (!cancellationToken.IsCancellationRequested)
            await StoreAsync(cancellationToken);
    }

    private async Task StoreAsync(string tenant, IReadOnlyDictionary<string, DateTimeOffset> uses, CancellationToken cancellationToken)
    {
        for (var attempt = 1; ; attempt++)
        {
            try
            {
                var stored = await records.FindAsync(tenant, Name, TenantAccessJson.Default.KeyUseTimes, cancellationToken);
                await records.SaveAsync(tenant, Name, new KeyUseTimes(Merge(stored?.Value, uses)), stored?.ETag, TenantAccessJson.Default.KeyUseTimes, cancellationToken);
                return;
            }
            catch (BlobConflictException) when (attempt < Attempts)
            {
                // Another replica was first.
            }
        }
    }

    private static Dictionary<string, DateTimeOffset> Merge(KeyUseTimes? stored, IReadOnlyDictionary<string, DateTimeOffset> uses)
    {
        var merged = new Dictionary<string, DateTimeOffset>(stored?.Times ?? new Dictionary<string, DateTimeOffset>(StringComparer.Ordinal), StringComparer.Ordinal);
        foreach (var (id, at) in uses)
            merged[id] = merged.TryGetValue(id, out var before) && before > at ? before : at;
        return merged;
    }
}
