using System.Diagnostics.Metrics;

namespace RagApp.Query.Rewriting;

/// <summary>Metrics of rewriting; they hold no word of the question.</summary>
internal sealed class Telemetry
{
    public const string Name = "RagApp.Query.Rewriting";

    private readonly Counter<long> _rewrites;
    private readonly Counter<long> _failures;

    public Telemetry(IMeterFactory meters)
    {
        var meter = meters.Create(Name);
        _rewrites = meter.CreateCounter<long>(Metrics.Rewrites, "{rewrite}", "Questions rewritten, by how.");
        _failures = meter.CreateCounter<long>(Metrics.ModelFailures, "{call}", "Calls of the chat model that rewrote nothing, by cause.");
    }

    /// <param name="kind">One of <see cref="Kinds"/>.</param>
    public void Rewritten(string kind) => _rewrites.Add(1, new KeyValuePair<string, object?>(Tags.Kind, kind));

    /// <param name="cause"><c>failed</c>, <c>timeout</c> or <c>unusable</c>.</param>
    public void ModelFailed(string cause) => _failures.Add(1, new KeyValuePair<string, object?>(Tags.Cause, cause));

    public static class Metrics
    {
        public const string Rewrites = "ragapp.rewriting.rewrites";
        public const string ModelFailures = "ragapp.rewriting.model_failures";
    }

    public static class Kinds
    {
        public const string CondensedByModel = "condensed_model";
        public const string CondensedByRules = "condensed_rules";
        public const string Corrected = "corrected";
        public const string Expanded = "expanded";
        public const string MoreQueries = "more_queries";
    }

    public static class Tags
    {
        public const string Kind = "ragapp.rewriting.kind";
        public const string Cause = "ragapp.rewriting.cause";
    }
}
