using RagApp.Kubernetes.Application;
using RagApp.Kubernetes.Helm;

namespace RagApp.Kubernetes.Objects;

/// <summary>
/// Secrets fetched by the External Secrets operator. The chart itself has no Secret: it names those that somebody makes, or this
/// operator.
/// </summary>
internal static class ExternalSecrets
{
    public static IEnumerable<ChartTemplate> Of(Chart chart) =>
        chart.Secrets.GroupBy(key => key.Secret, StringComparer.Ordinal).Select(secret => new ChartTemplate("external-secrets", new CustomObject
        {
            ApiVersion = "external-secrets.io/v1",
            Kind = "ExternalSecret",
            Metadata = chart.Named(secret.Key, chart.Options.Name),
            Spec = new
            {
                refreshInterval = "1h",
                secretStoreRef = new { kind = "ClusterSecretStore", name = chart.Helm.Text(".Values.externalSecrets.store") },
                target = new { name = secret.Key },
                data = secret.Select(KeyOf).ToArray(),
            },
        }, ".Values.externalSecrets.enabled"));

    private static object KeyOf(SecretKey key) => new { secretKey = key.Key, remoteRef = new { key = key.Secret, property = key.Key } };
}
