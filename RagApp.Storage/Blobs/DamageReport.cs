using System.Collections.Concurrent;
using System.Diagnostics.Metrics;
using Microsoft.Extensions.Logging;

namespace RagApp.Storage.Blobs;

/// <summary>
/// Where those who meet a damaged blob and go on without it say so: one line in the log for each, naming it, and a
/// count. It names each once per process, since listings come by again and again.
/// </summary>
public sealed class DamageReport
{
    public const string MeterName = "RagApp.Storage.Blobs";
    public const string Damaged = "ragapp.storage.damaged";

    /// <summary>Damage beyond this is one disaster, not many finds.</summary>
    private const int MostNamed = 10_000;

    private readonly ConcurrentDictionary<string, byte> _named = new(StringComparer.Ordinal);
    private readonly Counter<long> _count;
    private readonly ILogger<DamageReport> _logger;
    private Action<CorruptBlobException>? _found;

    public DamageReport(IMeterFactory meters, ILogger<DamageReport> logger)
    {
        _count = meters.Create(MeterName).CreateCounter<long>(Damaged, "{blob}", "Blobs found damaged since the start.");
        _logger = logger;
    }

    /// <summary>Has <paramref name="found"/> called with each damaged blob when it is first named.</summary>
    public void WhenFound(Action<CorruptBlobException> found) => _found += found;

    public void Add(CorruptBlobException damage)
    {
        if (_named.Count >= MostNamed || !_named.TryAdd(damage.Key, 0))
            return;
        _count.Add(1);
        _logger.BlobDamaged(damage.Message);
        _found?.Invoke(damage);
    }
}
