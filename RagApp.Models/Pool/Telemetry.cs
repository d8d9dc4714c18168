using System.Collections.Concurrent;
using System.Diagnostics;
using System.Diagnostics.Metrics;
using RagApp.Models.Errors;

namespace RagApp.Models.Pool;

/// <summary>Metrics of the pool. They name models and deployments, never a key.</summary>
internal sealed class Telemetry
{
    public const string Name = "RagApp.Models.Pool";

    private readonly Counter<long> _attempts;
    private readonly Counter<long> _failovers;
    private readonly Counter<long> _hedges;
    private readonly Counter<long> _refusals;
    private readonly Counter<long> _cooldowns;
    private readonly Counter<long> _sharingFailures;
    private readonly Counter<long> _trialEnds;
    private readonly Histogram<double> _waits;
    private readonly Histogram<double> _trials;
    private readonly ConcurrentBag<DeploymentPool> _pools = [];

    public Telemetry(IMeterFactory meters)
    {
        var meter = meters.Create(Name);
        _attempts = meter.CreateCounter<long>(Metrics.Attempts, "{call}", "Calls of deployments, by outcome.");
        _failovers = meter.CreateCounter<long>(Metrics.Failovers, "{call}", "Calls repeated on another deployment or key, by the error before.");
        _hedges = meter.CreateCounter<long>(Metrics.Hedges, "{call}", "Calls also sent to a second deployment because the first was slow.");
        _refusals = meter.CreateCounter<long>(Metrics.Refusals, "{request}", "Requests that got no deployment, by cause.");
        _cooldowns = meter.CreateCounter<long>(Metrics.Cooldowns, "{pause}", "Pauses of deployments and keys, by the error before.");
        _sharingFailures = meter.CreateCounter<long>(Metrics.SharingFailures, "{call}", "Calls to Redis that failed, so that pauses are not shared.");
        _waits = meter.CreateHistogram(Metrics.Wait, "s", "Time a request waited for a deployment below its limit.",
            advice: new InstrumentAdvice<double> { HistogramBucketBoundaries = [0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30, 60, 120] });
        _trialEnds = meter.CreateCounter<long>(Metrics.TrialEnds, "{trial}", "Trials of a model that were ended, by cause.");
        _trials = meter.CreateHistogram(Metrics.Trials, "s", "Time to the first token while a model is tried in place of another, by the model used and the outcome.",
            advice: new InstrumentAdvice<double> { HistogramBucketBoundaries = [0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30, 60, 120] });
        meter.CreateObservableGauge(Metrics.State, ObserveStates, "{state}", "State of a deployment: 0 in use, 1 on probation, 2 paused.");
        meter.CreateObservableGauge(Metrics.Waiting, ObserveWaiting, "{request}", "Requests that wait for a deployment below its limit.");
    }

    /// <summary>Adds a pool to those that the gauges show.</summary>
    public void Observe(DeploymentPool pool) => _pools.Add(pool);

    /// <param name="outcome">One of <see cref="Outcomes"/>, or the name of an error.</param>
    public void Attempted(string model, string deployment, string outcome) => _attempts.Add(1, new TagList
    {
        { Tags.Model, model }, { Tags.Deployment, deployment }, { Tags.Outcome, outcome },
    });

    public void FailedOver(string model, string deployment, ModelError error) => _failovers.Add(1, new TagList
    {
        { Tags.Model, model }, { Tags.Deployment, deployment }, { Tags.Error, OutcomeOf(error) },
    });

    public void Hedged(string model) => _hedges.Add(1, new TagList { { Tags.Model, model } });

    /// <param name="cause">One of <see cref="Causes"/>.</param>
    public void Refused(string model, string cause) => _refusals.Add(1, new TagList { { Tags.Model, model }, { Tags.Cause, cause } });

    public void CooledDown(string model, string deployment, ModelError error) => _cooldowns.Add(1, new TagList
    {
        { Tags.Model, model }, { Tags.Deployment, deployment }, { Tags.Error, OutcomeOf(error) },
    });

    /// <param name="tried">True for a call of the tried model, false for one of the model itself.</param>
    public void Tried(string model, bool tried, TimeSpan duration, bool failed) => _trials.Record(duration.TotalSeconds, new TagList
    {
        { Tags.Model, model }, { Tags.Arm, tried ? "tried" : "usual" }, { Tags.Outcome, failed ? "failed" : Outcomes.Answered },
    });

    /// <param name="cause">One of <see cref="TrialEnds"/>.</param>
    public void TrialEnded(string model, string cause) => _trialEnds.Add(1, new TagList { { Tags.Model, model }, { Tags.Cause, cause } });

    public void SharingFailed() => _sharingFailures.Add(1);

    public void Waited(string model, ModelPriority priority, TimeSpan wait) => _waits.Record(wait.TotalSeconds, new TagList
    {
        { Tags.Model, model }, { Tags.Priority, priority == ModelPriority.Interactive ? "interactive" : "bulk" },
    });

    public static string OutcomeOf(ModelError error) => error switch
    {
        ModelError.RateLimited => "rate_limited",
        ModelError.Unauthorized => "unauthorized",
        ModelError.ContextExceeded => "context_exceeded",
        ModelError.Refused => "refused",
        ModelError.Unavailable => "unavailable",
        ModelError.TimedOut => "timed_out",
        ModelError.BadAnswer => "bad_answer",
        ModelError.Unsuitable => "unsuitable",
        ModelError.OutOfRegion => "out_of_region",
        _ => "busy",
    };

    private IEnumerable<Measurement<int>> ObserveStates() => _pools.SelectMany(pool => pool.States()).Select(observed => new Measurement<int>(
        (int)observed.State, new TagList { { Tags.Model, observed.Model }, { Tags.Deployment, observed.Deployment } }));

    private IEnumerable<Measurement<int>> ObserveWaiting() => _pools.SelectMany(pool => pool.Waiting()).Select(observed => new Measurement<int>(
        observed.Waiting, new TagList { { Tags.Model, observed.Model } }));

    public static class Metrics
    {
        public const string Attempts = "ragapp.models.attempts";
        public const string Failovers = "ragapp.models.failovers";
        public const string Hedges = "ragapp.models.hedges";
        public const string Refusals = "ragapp.models.refusals";
        public const string Cooldowns = "ragapp.models.cooldowns";
        public const string SharingFailures = "ragapp.models.sharing_failures";
        public const string Wait = "ragapp.models.queue.wait";
        public const string Trials = "ragapp.models.canary.duration";
        public const string TrialEnds = "ragapp.models.canary.ended";
        public const string Waiting = "ragapp.models.queue.depth";
        public const string State = "ragapp.models.deployment.state";
    }

    public static class Outcomes
    {
        public const string Answered = "answered";
        public const string Cancelled = "cancelled";
    }

    public static class Causes
    {
        public const string OutOfService = "out_of_service";
        public const string TooLong = "wait_too_long";
        public const string QueueFull = "queue_full";
    }

    public static class TrialEnds
    {
        public const string Errors = "errors";
        public const string Latency = "latency";
    }

    public static class Tags
    {
        public const string Model = "gen_ai.request.model";
        public const string Deployment = "ragapp.models.deployment";
        public const string Outcome = "ragapp.models.outcome";
        public const string Cause = "ragapp.models.cause";
        public const string Arm = "ragapp.models.canary.arm";
        public const string Priority = "ragapp.models.priority";
        public const string Error = "error.type";
    }
}
