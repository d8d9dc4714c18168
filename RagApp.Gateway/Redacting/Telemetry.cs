using System.Diagnostics.Metrics;
using RagApp.Contracts.Confidential;

namespace RagApp.Gateway.Redacting;

/// <summary>Metrics of redaction; they hold kinds and actions, never data.</summary>
internal sealed class Telemetry(IMeterFactory meters)
{
    public const string Name = "RagApp.Gateway.Redacting";

    private readonly Counter<long> _hidden = meters.Create(Name)
        .CreateCounter<long>(Metrics.Hidden, "{finding}", "Confidential data hidden in answers, search results and texts, by kind and action.");

    public void Hidden(string kind, RedactionAction action) => _hidden.Add(1, new(Tags.Kind, kind), new(Tags.Action, action.ToString()));

    public static class Metrics
    {
        public const string Hidden = "ragapp.redaction.hidden";
    }

    public static class Tags
    {
        public const string Kind = "ragapp.redaction.kind";
        public const string Action = "ragapp.redaction.action";
    }
}
