using Aspire.Hosting;
using Aspire.Hosting.ApplicationModel;
using Aspire.Hosting.Pipelines;

namespace RagApp.Kubernetes;

/// <summary>Publishes an application model as a Helm chart; names and shapes follow the package Aspire.Hosting.Kubernetes.</summary>
public static class KubernetesEnvironmentExtensions
{
    /// <summary>Name of the pipeline's step that writes the chart.</summary>
    public const string PublishStep = "publish-chart";

    /// <summary>Adds the cluster; publishing the application then writes a chart into the output folder. A run does not have the resource.</summary>
    public static IResourceBuilder<KubernetesEnvironmentResource> AddKubernetesEnvironment(
        this IDistributedApplicationBuilder builder, [ResourceName] string name, Action<ChartOptions>? configure = null)
    {
        var environment = new KubernetesEnvironmentResource(name);
        if (!builder.ExecutionContext.IsPublishMode)
            return builder.CreateResourceBuilder(environment);
        configure?.Invoke(environment.Chart);
        // The step does not depend on the preparation of a publish, which stores generated secrets in the user's home folder.
        return builder.AddResource(environment)
            .ExcludeFromManifest()
            .WithPipelineStepFactory(
                PublishStep, context => ChartPublisher.PublishAsync(environment, context), requiredBy: [WellKnownPipelineSteps.Publish], description: "Writes the Helm chart.");
    }

    /// <summary>Says what the resource needs in a cluster.</summary>
    public static IResourceBuilder<T> WithDeployment<T>(this IResourceBuilder<T> builder, WorkloadDeployment deployment)
        where T : IComputeResource =>
        builder.WithAnnotation(new DeploymentAnnotation(deployment), ResourceAnnotationMutationBehavior.Replace);

    /// <summary>Says which commands of the resource's image a cluster runs by a schedule.</summary>
    public static IResourceBuilder<T> WithScheduledTasks<T>(this IResourceBuilder<T> builder, TaskDeployment tasks)
        where T : IComputeResource =>
        builder.WithAnnotation(new TasksAnnotation(tasks), ResourceAnnotationMutationBehavior.Replace);

    /// <summary>Changes the generated objects of the resource before they are written.</summary>
    public static IResourceBuilder<T> PublishAsKubernetesService<T>(this IResourceBuilder<T> builder, Action<KubernetesServiceResource> configure)
        where T : IComputeResource =>
        builder.WithAnnotation(new CustomizationAnnotation(configure));

    /// <summary>Says from which key of which Secret the parameter comes in a cluster; without it that is key <c>value</c> of a Secret of its name.</summary>
    /// <param name="isOptional">True when the application also works without the Secret.</param>
    /// <param name="isFile">True to give it to projects as a file, which follows the Secret, see <see cref="ChartOptions.SecretFolderVariable"/>.</param>
    public static IResourceBuilder<ParameterResource> PublishAsSecret(
        this IResourceBuilder<ParameterResource> builder, string secret, string key, bool isOptional = false, bool isFile = false) =>
        builder.WithAnnotation(new SecretAnnotation(secret, key, isOptional, isFile));

    /// <summary>Describes the value of the chart that the parameter becomes, and gives it a default of its own.</summary>
    public static IResourceBuilder<ParameterResource> PublishAsValue(this IResourceBuilder<ParameterResource> builder, string @default, string description) =>
        builder.WithAnnotation(new ValueAnnotation(@default, description));
}
