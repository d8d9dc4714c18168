using Aspire.Hosting;
using Aspire.Hosting.ApplicationModel;
using Microsoft.Extensions.Logging;
using RagApp.Kubernetes.Helm;

namespace RagApp.Kubernetes.Application;

/// <summary>Reads what the application model says of one resource.</summary>
internal sealed class WorkloadReader(Chart chart, DistributedApplicationExecutionContext execution, ILogger logger)
{
    public static WorkloadDeployment DeploymentOf(IResource resource) =>
        resource.Annotations.OfType<DeploymentAnnotation>().LastOrDefault()?.Deployment ?? new WorkloadDeployment();

    public async Task<Workload> ReadAsync(IResource resource, CancellationToken cancellationToken)
    {
        var deployment = DeploymentOf(resource);
        var image = ImageOf(resource);
        chart.AddWorkloadValues(resource.Name, deployment);
        var configuration = await ExecutionConfigurationBuilder.Create(resource)
            .WithArgumentsConfig().WithEnvironmentVariablesConfig()
            .BuildAsync(execution, logger, cancellationToken);
        var reader = new SettingReader(chart);
        var settings = configuration.EnvironmentVariablesWithUnprocessed.Select(variable => reader.Read(variable.Key, variable.Value.Unprocessed)).OfType<Setting>().ToList();
        var arguments = configuration.ArgumentsWithUnprocessed.Select(argument => reader.Read("", argument.Unprocessed)!.Value).ToList();
        return new Workload
        {
            Resource = resource,
            Name = resource.Name,
            Deployment = deployment,
            Image = image,
            Ports = [.. resource.Annotations.OfType<EndpointAnnotation>().Select(endpoint => new Port(endpoint.Name, endpoint.TargetPort ?? SettingReader.DefaultPort, endpoint.IsExternal))],
            Settings = settings,
            Command = resource is ContainerResource { Entrypoint: { } entrypoint } ? [entrypoint] : [],
            Arguments = arguments,
            VolumePath = resource.Annotations.OfType<ContainerMountAnnotation>().FirstOrDefault()?.Target,
            References = [.. reader.References.Where(reference => reference.Workload != resource.Name).Distinct()],
        };
    }

    private string ImageOf(IResource resource)
    {
        if (resource.TryGetContainerImageName(out var image))
            return chart.Helm.Text(chart.Values.Add($"{Workload.PathOf(resource.Name)}.image", image, "Image, with its version.", Rules.Image));
        return $"{chart.Helm.Text(".Values.image.registry")}/{resource.Name}:{chart.Helm.Text(".Values.image.tag | default .Chart.AppVersion")}";
    }
}
