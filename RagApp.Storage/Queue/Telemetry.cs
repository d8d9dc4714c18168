using System.Diagnostics.Metrics;

namespace RagApp.Storage.Queue;

/// <summary>Metrics of the job queue.</summary>
internal sealed class Telemetry
{
    public const string Name = "RagApp.Storage.Queue";

    private readonly TimeProvider _time;
    private readonly Counter<long> _lost;
    private readonly Counter<long> _retries;
    private readonly Counter<long> _buried;
    private QueueDepth? _depth;

    public Telemetry(IMeterFactory meters, TimeProvider time)
    {
        _time = time;
        var meter = meters.Create(Name);
        _lost = meter.CreateCounter<long>(Metrics.LeasesLost, "{lease}", "Leases that ran out because a worker died or stood still.");
        _retries = meter.CreateCounter<long>(Metrics.Retries, "{job}", "Jobs given back after a failure, to be tried again.");
        _buried = meter.CreateCounter<long>(Metrics.Buried, "{job}", "Jobs given up.");
        meter.CreateObservableGauge(Metrics.Jobs, CountByState, "{job}", "Jobs by state: interactive and bulk wait; delayed, running, dead.");
        meter.CreateObservableGauge(Metrics.OldestAge, OldestAge, "s", "Age of the oldest job that is not done or dead.");
    }

    public void LeasesLost(long count, long died)
    {
        if (count > 0)
            _lost.Add(count);
        if (died > 0)
            Buried(died);
    }

    public void Retried() => _retries.Add(1);

    public void Buried(long count) => _buried.Add(count);

    /// <summary>Sets the depth that the gauges report; with null, while the queue does not answer, they report nothing.</summary>
    public void Observe(QueueDepth? depth) => Volatile.Write(ref _depth, depth);

    private IEnumerable<Measurement<long>> CountByState() => Volatile.Read(ref _depth) is not { } depth
        ? []
        :
        [
            In(depth.Interactive, "interactive"), In(depth.Bulk, "bulk"), In(depth.Delayed, "delayed"),
            In(depth.Running, "running"), In(depth.Dead, "dead"),
        ];

    private IEnumerable<Measurement<double>> OldestAge() => Volatile.Read(ref _depth) is not { } depth
        ? []
        : [new Measurement<double>(depth.OldestAt is { } oldest ? (_time.GetUtcNow() - oldest).TotalSeconds : 0)];

    private static Measurement<long> In(long count, string state) => new(count, new KeyValuePair<string, object?>(Tags.State, state));

    public static class Tags
    {
        public const string State = "ragapp.queue.state";
    }

    public static class Metrics
    {
        public const string Jobs = "ragapp.queue.jobs";
        public const string OldestAge = "ragapp.queue.oldest.age";
        public const string LeasesLost = "ragapp.queue.leases.lost";
        public const string Retries = "ragapp.queue.retries";
        public const string Buried = "ragapp.queue.buried";
    }
}
