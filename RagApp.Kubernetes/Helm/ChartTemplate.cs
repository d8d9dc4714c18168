using k8s;
using k8s.Models;

namespace RagApp.Kubernetes.Helm;

/// <summary>One object of the chart.</summary>
/// <param name="File">Name of the file below <c>templates</c> without ending; objects of one concern share a file.</param>
/// <param name="Document">The object, typed, with tokens of <see cref="HelmExpressions"/>.</param>
/// <param name="Condition">Helm condition under which it exists; null for always.</param>
public sealed record ChartTemplate(string File, IKubernetesObject<V1ObjectMeta> Document, string? Condition = null);
