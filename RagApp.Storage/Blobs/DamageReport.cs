using System.Collections.Concurrent;
using Microsoft.Extensions.Logging;

namespace RagApp.Storage.Blobs;

/// <summary>
/// Reports damaged blobs that a reader skips: logs and counts each blob once per process, since listings find the same
/// blob again and again.
/// </summary>
public sealed class DamageReport
{
    /// <summary>Largest number of blobs reported: more damage than this is one failure of the storage, not many single ones.</summary>
    private const int MostNamed = 10_000;

    private readonly ConcurrentDictionary<string, byte> _named = new(StringComparer.Ordinal);
    private readonly Telemetry _telemetry;
    private readonly ILogger<DamageReport> _logger;
    private Action<CorruptBlobException>? _found;

    internal DamageReport(Telemetry telemetry, ILogger<DamageReport> logger) => (_telemetry, _logger) = (telemetry, logger);

    /// <summary>Calls <paramref name="found"/> the first time that each damaged blob is reported.</summary>
    public void WhenFound(Action<CorruptBlobException> found) => _found += found;

    public void Add(CorruptBlobException damage)
    {
        if (_named.Count >= MostNamed || !_named.TryAdd(damage.Key, 0))
            return;
        _telemetry.Damaged();
        _logger.BlobDamaged(damage.Message);
        _found?.Invoke(damage);
    }
}
