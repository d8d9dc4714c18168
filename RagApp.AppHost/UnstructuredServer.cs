using RagApp.AppHost.Deployment;
using RagApp.AppHost.Running;
using RagApp.Kubernetes;

namespace RagApp.AppHost;

/// <summary>
/// An optional server that reads .doc, .xls and .ppt for the ingestion: a container with <c>Unstructured:Enabled=true</c>, or an
/// existing server at <c>Unstructured:Endpoint</c>. Without it LibreOffice reads these files, if it is installed.
/// </summary>
internal static class UnstructuredServer
{
    private const string Variable = "Parser__LegacyOffice__Endpoint";

    public static IResourceBuilder<ProjectResource> WithUnstructured(this IResourceBuilder<ProjectResource> ingestion)
    {
        var builder = ingestion.ApplicationBuilder;
        if (builder.Configuration["Unstructured:Endpoint"] is { Length: > 0 } endpoint)
            return ingestion.WithEnvironment(Variable, endpoint);
        if (!string.Equals(builder.Configuration["Unstructured:Enabled"], bool.TrueString, StringComparison.OrdinalIgnoreCase))
            return ingestion;
        if (builder.ExecutionContext.IsRunMode)
            ContainerEngine.Require(builder, "Unstructured:Enabled=true", "give the address of a server that runs elsewhere as Unstructured:Endpoint");
        var server = builder.AddContainer("unstructured", ContainerImages.Unstructured, ContainerImages.UnstructuredTag)
            .WithHttpEndpoint(targetPort: 8000)
            .WithDeployment(WorkloadNeeds.Unstructured);
        return ingestion.WithEnvironment(Variable, server.GetEndpoint("http"));
    }
}
