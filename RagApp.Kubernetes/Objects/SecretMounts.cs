using Aspire.Hosting.ApplicationModel;
using k8s.Models;
using RagApp.Kubernetes.Application;

namespace RagApp.Kubernetes.Objects;

/// <summary>
/// Secret settings of projects as files. Kubernetes exchanges the files soon after a Secret has changed, while environment variables
/// stay as they were until the pod starts again.
/// </summary>
internal static class SecretMounts
{
    public const string Folder = "/run/secrets/settings";

    private const string Name = "secret-settings";

    /// <summary>Files that the pod's user and group alone can read.</summary>
    private const int Mode = 0x120;

    public static IEnumerable<V1Volume> VolumesOf(Chart chart, Workload workload) => workload.Resource is not ProjectResource
        ? []
        :
        [
            new V1Volume
            {
                Name = Name,
                Projected = new()
                {
                    DefaultMode = Mode,
                    Sources = [.. workload.FileSettings.Select(FileOf), new() { Secret = new() { Name = FurtherSecret(chart, workload), Optional = true } }],
                },
            },
        ];

    public static IEnumerable<V1VolumeMount> MountsOf(Workload workload) => workload.Resource is not ProjectResource
        ? []
        : [new V1VolumeMount { Name = Name, MountPath = Folder, ReadOnlyProperty = true }];

    /// <summary>Variables from the Secret of further settings, for containers that read no files.</summary>
    public static IEnumerable<V1EnvFromSource> VariablesOf(Chart chart, Workload workload) => workload.Resource is ProjectResource
        ? []
        : [new V1EnvFromSource { SecretRef = new() { Name = FurtherSecret(chart, workload), Optional = true } }];

    /// <summary>The Secret that a value names; without it a name that no Secret has.</summary>
    private static string FurtherSecret(Chart chart, Workload workload) =>
        chart.Helm.Text($"{workload.Value("secretSettings")} | default \"{workload.Name}-secret-settings\"");

    private static V1VolumeProjection FileOf(Setting setting) => new()
    {
        Secret = new()
        {
            Name = setting.Whole!.Secret,
            Optional = setting.Whole.IsOptional ? true : null,
            Items = [new() { Key = setting.Whole.Key, Path = setting.Name }],
        },
    };
}
