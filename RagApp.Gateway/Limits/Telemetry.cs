using System.Diagnostics.Metrics;

namespace RagApp.Gateway.Limits;

/// <summary>Metrics of the rate limits.</summary>
internal sealed class Telemetry(IMeterFactory meters)
{
    public const string Name = "RagApp.Gateway.Limits";

    private readonly Counter<long> _refused = meters.Create(Name)
        .CreateCounter<long>(Metrics.Refused, "{request}", "Requests over a rate limit, by limit.");

    public void Refused(string kind) => _refused.Add(1, new KeyValuePair<string, object?>(Tags.Limit, kind));

    public static class Metrics
    {
        public const string Refused = "ragapp.ratelimit.refused";
    }

    public static class Tags
    {
        public const string Limit = "ragapp.ratelimit.limit";
    }
}
