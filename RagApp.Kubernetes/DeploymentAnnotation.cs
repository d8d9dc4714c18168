using Aspire.Hosting.ApplicationModel;

namespace RagApp.Kubernetes;

internal sealed record DeploymentAnnotation(WorkloadDeployment Deployment) : IResourceAnnotation;

internal sealed record TasksAnnotation(TaskDeployment Tasks) : IResourceAnnotation;

internal sealed record CustomizationAnnotation(Action<KubernetesServiceResource> Customize) : IResourceAnnotation;

/// <summary>The key of a Secret from which a secret parameter comes in a cluster.</summary>
/// <param name="IsFile">True when projects get it as a file, which follows the Secret, and not as a variable.</param>
internal sealed record SecretAnnotation(string Secret, string Key, bool IsOptional, bool IsFile) : IResourceAnnotation;

/// <summary>Default of a parameter in the chart's values.</summary>
internal sealed record ValueAnnotation(string Default, string Description) : IResourceAnnotation;
