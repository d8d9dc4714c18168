using System.Diagnostics.Metrics;
using RagApp.Models.Budgets;

namespace RagApp.Gateway.Answers.Caching;

/// <summary>Metrics of the cache of answers.</summary>
internal sealed class Telemetry
{
    public const string Name = "RagApp.Gateway.Answers.Caching";

    private readonly Counter<long> _lookups;
    private readonly Counter<double> _saved;
    private readonly Counter<long> _failures;

    public Telemetry(IMeterFactory meters)
    {
        var meter = meters.Create(Name);
        _lookups = meter.CreateCounter<long>(Metrics.Lookups, "{question}", "Questions looked up in the cache of answers, by outcome.");
        _saved = meter.CreateCounter<double>(Metrics.Saved, "{USD}", "Cost in US dollars of the model calls that kept answers replaced.");
        _failures = meter.CreateCounter<long>(Metrics.Failures, "{call}", "Calls of the cache of answers to Redis that failed.");
    }

    /// <param name="outcome"><c>same</c>, <c>similar</c> or <c>miss</c>.</param>
    public void LookedUp(string outcome, long savedMicroDollars)
    {
        _lookups.Add(1, new KeyValuePair<string, object?>(Tags.Outcome, outcome));
        if (savedMicroDollars > 0)
            _saved.Add((double)Money.Dollars(savedMicroDollars));
    }

    public void Failed() => _failures.Add(1);

    public static class Metrics
    {
        public const string Lookups = "ragapp.answer.cache.lookups";
        public const string Saved = "ragapp.answer.cache.saved";
        public const string Failures = "ragapp.answer.cache.failures";
    }

    public static class Tags
    {
        public const string Outcome = "ragapp.answer.cache.outcome";
    }
}
