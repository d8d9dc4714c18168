using Aspire.Hosting.ApplicationModel;

namespace Aspire.Hosting;

/// <summary>Projects of this solution as resources.</summary>
public static class ProjectResourceBuilderExtensions
{
    /// <summary>Adds a project.</summary>
    /// <param name="builder">The application.</param>
    /// <param name="name">The name that others find it by.</param>
    /// <param name="launchProfileName">Null, for no launch profile: the local host reads none.</param>
    public static IResourceBuilder<ProjectResource> AddProject<TProject>(
        this IDistributedApplicationBuilder builder, string name, string? launchProfileName)
        where TProject : IProjectMetadata, new()
    {
        ArgumentNullException.ThrowIfNull(builder);
        if (launchProfileName is not null)
            throw new NotSupportedException("The local host reads no launch profiles: pass null.");

        var project = new ProjectResource(name) { Metadata = new TProject() };
        project.EnvironmentCallbacks.Add(context =>
        {
            context.Variables["OTEL_DOTNET_EXPERIMENTAL_OTLP_RETRY"] = "in_memory";
            if (builder.ExecutionContext.IsPublishMode)
                AddPublishedPorts(project, context);
            else
                AddUrls(project, context);
        });
        return builder.AddResource(project);
    }

    /// <summary>Runs several instances behind one port.</summary>
    public static IResourceBuilder<ProjectResource> WithReplicas(this IResourceBuilder<ProjectResource> builder, int replicas)
    {
        ArgumentNullException.ThrowIfNull(builder);
        ArgumentOutOfRangeException.ThrowIfLessThan(replicas, 1);
        builder.Resource.Replicas = replicas;
        return builder;
    }

    private static void AddUrls(ProjectResource project, EnvironmentContext context)
    {
        var urls = AspNetCoreEndpoints(project).ToArray();
        if (urls.Length > 0)
            context.Variables["ASPNETCORE_URLS"] = new JoinedValue([.. urls.Select(TargetUrl)]);

        static ReferenceExpression TargetUrl(EndpointReference endpoint) =>
            ReferenceExpression.Create($"{endpoint.Property(EndpointProperty.Scheme)}://localhost:{endpoint.Property(EndpointProperty.TargetPort)}");
    }

    private static void AddPublishedPorts(ProjectResource project, EnvironmentContext context)
    {
        if (project.Endpoints.Count > 0)
            context.Variables["ASPNETCORE_FORWARDEDHEADERS_ENABLED"] = "true";
        var ports = AspNetCoreEndpoints(project).Where(e => e.Endpoint.Scheme == "http").ToArray();
        if (ports.Length > 0)
            context.Variables["HTTP_PORTS"] = new JoinedValue([.. ports.Select(e => e.Property(EndpointProperty.TargetPort))]);
    }

    private static IEnumerable<EndpointReference> AspNetCoreEndpoints(ProjectResource project) =>
        project.Endpoints.Where(e => e.IsHttp && e.TargetPortVariable is null).Select(e => new EndpointReference(project, e.Name));
}
