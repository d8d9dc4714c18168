using System.Diagnostics.Metrics;

namespace RagApp.Storage.Blobs;

/// <summary>Metrics of stored blobs.</summary>
internal sealed class Telemetry
{
    public const string Name = "RagApp.Storage.Blobs";

    private readonly Counter<long> _damaged;

    public Telemetry(IMeterFactory meters) =>
        _damaged = meters.Create(Name).CreateCounter<long>(Metrics.Damaged, "{blob}", "Blobs found damaged since the start.");

    public void Damaged() => _damaged.Add(1);

    public static class Metrics
    {
        public const string Damaged = "ragapp.storage.damaged";
    }
}
