using Aspire.Hosting.ApplicationModel;
using k8s.Models;
using RagApp.Kubernetes.Application;

namespace RagApp.Kubernetes.Objects;

/// <summary>
/// Environment variables: plain ones in a ConfigMap, secret ones by reference. Kubernetes puts a secret into the middle of a text only
/// where the text stands in the container itself, as <c>$(VARIABLE)</c>.
/// </summary>
internal static class Settings
{
    private const string OtlpEndpoint = "OTEL_EXPORTER_OTLP_ENDPOINT";

    public static V1ConfigMap Of(Chart chart, Workload workload)
    {
        var data = workload.Settings.Where(setting => setting.Secrets.Count == 0).ToDictionary(setting => setting.Name, setting => setting.Value, StringComparer.Ordinal);
        if (workload.Resource is ProjectResource)
        {
            data[OtlpEndpoint] = chart.Helm.Text(".Values.telemetry.otlpEndpoint");
            data[chart.Options.SecretFolderVariable] = SecretMounts.Folder;
            data["OTEL_SERVICE_NAME"] = workload.Name;
            data["OTEL_RESOURCE_ATTRIBUTES"] = $"k8s.cluster.name={chart.Helm.Text(".Values.cluster.name")},cloud.region={chart.Helm.Text(".Values.cluster.region")}";
        }
        data[chart.Helm.Entries(workload.Value("settings"))] = "";
        return new V1ConfigMap { Metadata = chart.Named(workload.SettingsName, workload.Name), Data = data }.Initialized();
    }

    /// <summary>Variables that hold secrets: first the secrets by themselves, then the texts that contain them.</summary>
    public static List<V1EnvVar> SecretsOf(Workload workload)
    {
        var secret = workload.Settings.Where(setting => setting.Secrets.Count > 0).Except(workload.FileSettings).ToList();
        var whole = secret.Where(setting => setting.Whole is not null).Select(setting => FromSecret(setting.Name, setting.Whole!));
        var parts = secret.Where(setting => setting.Whole is null).SelectMany(setting => setting.Secrets).Select(key => FromSecret(key.Variable, key));
        var texts = secret.Where(setting => setting.Whole is null).Select(setting => new V1EnvVar { Name = setting.Name, Value = setting.Value });
        return [.. whole.Concat(parts).Concat(texts).DistinctBy(variable => variable.Name)];
    }

    public static V1EnvVar FromSecret(string name, SecretKey key) => new()
    {
        Name = name,
        ValueFrom = new() { SecretKeyRef = new() { Name = key.Secret, Key = key.Key, Optional = key.IsOptional ? true : null } },
    };
}
