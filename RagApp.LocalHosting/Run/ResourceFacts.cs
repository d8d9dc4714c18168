using Aspire.Hosting.ApplicationModel;

namespace Aspire.Hosting.Run;

/// <summary>What the runner reads off the model.</summary>
internal static class ResourceFacts
{
    /// <summary>The projects behind a resource: a connection string stands for the projects it is made of.</summary>
    public static IEnumerable<ProjectResource> ProcessesOf(Resource resource) => resource switch
    {
        ProjectResource project => [project],
        ConnectionStringResource connection => ((IModelValue)connection.ConnectionStringExpression).References.OfType<ProjectResource>(),
        _ => [],
    };

    /// <summary>The projects that must outlive <paramref name="project"/>: those it waits for or is given the address of.</summary>
    public static IEnumerable<ProjectResource> DependenciesOf(ProjectResource project) =>
        project.Waits.Concat(project.References).SelectMany(ProcessesOf).Distinct().Where(p => p != project);

    public static IReadOnlyList<ResourceRelationship> RelationshipsOf(Resource resource) =>
    [
        .. resource.References.Select(r => new ResourceRelationship(r.Name, "Reference")),
        .. resource.Waits.Select(r => new ResourceRelationship(r.Name, "WaitFor")),
    ];

    public static IReadOnlyList<ResourceUrl> UrlsOf(Resource resource) =>
        [.. resource.Endpoints.Select(e => new ResourceUrl(e.Name, $"{e.Scheme}://localhost:{e.AllocatedPort}", e.IsExternal))];

    public static ChildProcessStart StartOf(ProjectResource project, IReadOnlyDictionary<string, string> environment)
    {
        if (project.Metadata is not IBuiltProjectMetadata built || !File.Exists(built.AssemblyPath))
            throw new DistributedApplicationException($"the project {project.Metadata?.ProjectPath} has not been built");
        return ChildProcessStart.Dotnet(built.AssemblyPath, Path.GetDirectoryName(built.ProjectPath)!, environment);
    }
}
