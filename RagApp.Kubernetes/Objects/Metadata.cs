using k8s;
using k8s.Models;

namespace RagApp.Kubernetes.Objects;

internal static class Metadata
{
    /// <summary>Metadata of an object in the chart's namespace.</summary>
    public static V1ObjectMeta Named(this Chart chart, string name, string? component = null) =>
        new() { Name = name, NamespaceProperty = chart.Namespace, Labels = chart.LabelsOf(component ?? name) };

    /// <summary>Label <c>app</c>, by which Services, policies and spreading find the pods of a workload.</summary>
    public static Dictionary<string, string> AppIs(string name) => new(StringComparer.Ordinal) { ["app"] = name };

    public static V1LabelSelector Select(string name) => new() { MatchLabels = AppIs(name) };

    /// <summary>Sets version and kind of an object of Kubernetes' own, which its type says.</summary>
    public static T Initialized<T>(this T document) where T : IKubernetesObject
    {
        var type = document.GetKubernetesTypeMetadata();
        document.ApiVersion = string.IsNullOrEmpty(type.Group) ? type.ApiVersion : $"{type.Group}/{type.ApiVersion}";
        document.Kind = type.Kind;
        return document;
    }
}
