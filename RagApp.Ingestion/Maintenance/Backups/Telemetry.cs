using System.Diagnostics.Metrics;
using RagApp.Storage.Backups;

namespace RagApp.Ingestion.Maintenance.Backups;

/// <summary>
/// Metrics of backups, from what is in their place: a backup and a drill that run in processes of their own, or not at all, are seen
/// here.
/// </summary>
internal sealed class Telemetry
{
    public const string Name = "RagApp.Ingestion.Backups";

    private readonly TimeProvider _time;
    private volatile BackupState? _state;

    public Telemetry(IMeterFactory meters, TimeProvider time)
    {
        _time = time;
        var meter = meters.Create(Name);
        meter.CreateObservableGauge(Metrics.Age, () => Observe(state => AgeOf(state.NewestAt)), "s", "Age of the newest whole backup; infinite without one.");
        meter.CreateObservableGauge(Metrics.DrillAge, () => Observe(state => AgeOf(state.Drill?.At)), "s", "Time since the latest drill; infinite without one.");
        meter.CreateObservableGauge(Metrics.DrillDuration, () => Observe(state => state.Drill?.Seconds), "s", "Time that the latest drill took.");
        meter.CreateObservableGauge(Metrics.DrillFailed, () => Observe(state => state.Drill is { } drill ? drill.Passed ? 0 : 1 : null), "{drill}", "1 when the latest drill failed, else 0.");
    }

    public void Seen(BackupState state) => _state = state;

    /// <summary>Nothing is measured before the place was looked at: without a place for backups there are no values.</summary>
    private IEnumerable<Measurement<double>> Observe(Func<BackupState, double?> value) =>
        _state is { } state && value(state) is { } measured ? [new Measurement<double>(measured)] : [];

    private double? AgeOf(DateTimeOffset? at) => at is { } time ? Math.Max(0, (_time.GetUtcNow() - time).TotalSeconds) : double.PositiveInfinity;

    public static class Metrics
    {
        public const string Age = "ragapp.backup.age";
        public const string DrillAge = "ragapp.backup.drill.age";
        public const string DrillDuration = "ragapp.backup.drill.duration";
        public const string DrillFailed = "ragapp.backup.drill.failed";
    }
}

/// <summary>The state of the place of backups.</summary>
/// <param name="NewestAt">Time at which the newest whole backup began; null without one.</param>
internal sealed record BackupState(DateTimeOffset? NewestAt, DrillResult? Drill);
