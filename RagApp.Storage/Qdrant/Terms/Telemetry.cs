using System.Diagnostics.Metrics;

namespace RagApp.Storage.Qdrant.Terms;

/// <summary>Metrics of the term statistics.</summary>
internal sealed class Telemetry
{
    public const string Name = "RagApp.Storage.Qdrant.Terms";

    private readonly Counter<long> _missing;

    public Telemetry(IMeterFactory meters) => _missing = meters.Create(Name).CreateCounter<long>(
        Metrics.Missing, "{search}", "Searches whose words all counted the same, because the tenant's term statistics were missing.");

    public void Missing() => _missing.Add(1);

    public static class Metrics
    {
        public const string Missing = "ragapp.index.statistics.missing";
    }
}
