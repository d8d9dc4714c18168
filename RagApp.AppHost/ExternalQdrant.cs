using Microsoft.Extensions.Configuration;

namespace RagApp.AppHost;

/// <summary>
/// A Qdrant server that the application does not start: <c>ConnectionStrings:qdrant</c> is its gRPC address. Optional are
/// <c>ConnectionStrings:qdrant_http</c>, its REST address, and <c>Storage:Qdrant:Nodes</c>, the nodes of a cluster.
/// </summary>
internal sealed record ExternalQdrant(IResourceBuilder<IResourceWithConnectionString> Server, IResourceBuilder<ParameterResource>? Http, string? Nodes)
{
    private const string Name = "qdrant";
    private const string HttpName = "qdrant_http";

    /// <summary>Adds the server; null when no address is configured.</summary>
    /// <exception cref="DistributedApplicationException">The REST address is configured without the gRPC address.</exception>
    public static ExternalQdrant? AddTo(IDistributedApplicationBuilder builder)
    {
        var http = builder.Configuration.GetConnectionString(HttpName);
        if (string.IsNullOrEmpty(builder.Configuration.GetConnectionString(Name)))
        {
            return string.IsNullOrEmpty(http)
                ? null
                : throw new DistributedApplicationException("ConnectionStrings:qdrant_http is only the REST address of your Qdrant: give its gRPC address too, --ConnectionStrings:qdrant=\"Endpoint=http://HOST:6334;Key=...\".");
        }
        return new ExternalQdrant(
            builder.AddConnectionString(Name).WithHidden(),
            // resource names have no underscore
            string.IsNullOrEmpty(http) ? null : builder.AddParameter("qdrant-http-address", () => http, secret: true).WithHidden(),
            builder.Configuration["Storage:Qdrant:Nodes"]);
    }

    public void PassTo(IResourceBuilder<ProjectResource> service)
    {
        service.WithReference(Server);
        if (Http is not null)
            service.WithEnvironment($"ConnectionStrings__{HttpName}", Http);
        if (!string.IsNullOrEmpty(Nodes))
            service.WithEnvironment("Storage__Qdrant__Nodes", Nodes);
    }
}
