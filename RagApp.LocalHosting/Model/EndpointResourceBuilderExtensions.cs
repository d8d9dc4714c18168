using System.Net.Sockets;
using Aspire.Hosting.ApplicationModel;

namespace Aspire.Hosting;

/// <summary>Endpoints of resources.</summary>
public static class EndpointResourceBuilderExtensions
{
    public static IResourceBuilder<T> WithHttpEndpoint<T>(
        this IResourceBuilder<T> builder, int? port = null, int? targetPort = null, string? name = null, string? env = null, bool? isProxied = null)
        where T : IResourceWithEndpoints => builder.WithEndpoint(port, targetPort, "http", name, env, isProxied);

    public static IResourceBuilder<T> WithEndpoint<T>(
        this IResourceBuilder<T> builder, int? port = null, int? targetPort = null, string? scheme = null, string? name = null, string? env = null,
        bool? isProxied = null, bool? isExternal = null, ProtocolType? protocol = null)
        where T : IResourceWithEndpoints
    {
        ArgumentNullException.ThrowIfNull(builder);
        if (isProxied is false || protocol is not null and not ProtocolType.Tcp)
            throw new NotSupportedException("The local host knows proxied TCP endpoints only.");

        scheme ??= "tcp";
        return builder.WithEndpoint(new EndpointAnnotation(name ?? scheme, scheme)
        {
            Port = port,
            TargetPort = targetPort,
            TargetPortVariable = env,
            IsExternal = isExternal ?? false,
        });
    }

    /// <summary>Makes the HTTP endpoints defined so far reachable from outside the deployment.</summary>
    public static IResourceBuilder<T> WithExternalHttpEndpoints<T>(this IResourceBuilder<T> builder)
        where T : IResourceWithEndpoints
    {
        ArgumentNullException.ThrowIfNull(builder);
        foreach (var endpoint in ResourceBuilderExtensions.Of(builder).Endpoints.Where(e => e.IsHttp))
            endpoint.IsExternal = true;
        return builder;
    }

    public static EndpointReference GetEndpoint<T>(this IResourceBuilder<T> builder, string name)
        where T : IResourceWithEndpoints
    {
        ArgumentNullException.ThrowIfNull(builder);
        return new EndpointReference(ResourceBuilderExtensions.Of(builder), name);
    }

    internal static IResourceBuilder<T> WithEndpoint<T>(this IResourceBuilder<T> builder, EndpointAnnotation endpoint)
        where T : IResourceWithEndpoints
    {
        var resource = ResourceBuilderExtensions.Of(builder);
        if (resource.Endpoints.Exists(e => string.Equals(e.Name, endpoint.Name, StringComparison.OrdinalIgnoreCase)))
            throw new DistributedApplicationException($"Endpoint with name '{endpoint.Name}' already exists on resource '{resource.Name}'.");

        resource.Endpoints.Add(endpoint);
        if (endpoint.TargetPortVariable is { } variable)
        {
            resource.EnvironmentCallbacks.Add(context =>
                context.Variables[variable] = new EndpointReference(resource, endpoint.Name).Property(EndpointProperty.TargetPort));
        }

        return builder;
    }
}
