using RagApp.AppHost.Running;

namespace RagApp.AppHost;

/// <summary>Adds services, each with an HTTP endpoint and a readiness check.</summary>
internal static class ServiceResources
{
    /// <summary>Port of the metrics in a deployment; a run sends them to its dashboard.</summary>
    private const int MetricsPort = 8081;
    private const string Metrics = "metrics";

    /// <param name="builder">The application.</param>
    /// <param name="name">Name of the resource, which is also the host name in a deployment.</param>
    /// <param name="port">Port in a run; null for any free port.</param>
    public static IResourceBuilder<ProjectResource> AddService<TProject>(this IDistributedApplicationBuilder builder, string name, int? port = null)
        where TProject : IProjectMetadata, new()
    {
        var service = builder.AddProject<TProject>(name, launchProfileName: null)
            .WithHttpEndpoint(port)
            .WithReadiness()
            .WithoutHttpsCertificate()
            .RunDirectly();
        return builder.ExecutionContext.IsRunMode
            ? service.WithEnvironment("ASPNETCORE_ENVIRONMENT", builder.Environment.EnvironmentName)
            : service.WithHttpEndpoint(targetPort: MetricsPort, name: Metrics)
                .WithEndpoint(Metrics, endpoint => endpoint.ExcludeReferenceEndpoint = true)
                .WithEnvironment("Metrics__Port", service.GetEndpoint(Metrics).Property(EndpointProperty.TargetPort));
    }
}
