using Aspire.Hosting.ApplicationModel;

namespace Aspire.Hosting;

/// <summary>Edges, environment and health of resources.</summary>
public static class ResourceBuilderExtensions
{
    public static IResourceBuilder<T> WithEnvironment<T>(this IResourceBuilder<T> builder, string name, string? value)
        where T : IResourceWithEnvironment => builder.WithEnvironment(context => context.Variables[name] = value ?? "");

    public static IResourceBuilder<T> WithEnvironment<T>(this IResourceBuilder<T> builder, string name, IResourceBuilder<ParameterResource> parameter)
        where T : IResourceWithEnvironment
    {
        ArgumentNullException.ThrowIfNull(parameter);
        return builder.WithEnvironment(context => context.Variables[name] = parameter.Resource);
    }

    public static IResourceBuilder<T> WithEnvironment<T>(this IResourceBuilder<T> builder, string name, EndpointReference endpointReference)
        where T : IResourceWithEnvironment => builder.WithEnvironment(context => context.Variables[name] = endpointReference);

    /// <summary>Gives a service the address of another: <c>services__NAME__http__0</c> and <c>NAME_HTTP</c>.</summary>
    public static IResourceBuilder<TDestination> WithReference<TDestination>(
        this IResourceBuilder<TDestination> builder, IResourceBuilder<IResourceWithServiceDiscovery> source)
        where TDestination : IResourceWithEnvironment
    {
        ArgumentNullException.ThrowIfNull(builder);
        ArgumentNullException.ThrowIfNull(source);
        var target = Of(source);
        Of(builder).References.Add(target);
        return builder.WithEnvironment(context =>
        {
            foreach (var endpoint in target.Endpoints)
            {
                var reference = new EndpointReference(target, endpoint.Name);
                context.Variables[$"{VariableName(target.Name)}_{VariableName(endpoint.Name)}"] = reference;
                context.Variables[$"services__{target.Name}__{endpoint.Name}__0"] = reference;
            }
        });
    }

    /// <summary>Gives a service a store's connection string, <c>ConnectionStrings__NAME</c>, and its parts one by one where the store has them.</summary>
    public static IResourceBuilder<TDestination> WithReference<TDestination>(
        this IResourceBuilder<TDestination> builder, IResourceBuilder<IResourceWithConnectionString> source, string? connectionName = null, bool optional = false)
        where TDestination : IResourceWithEnvironment
    {
        ArgumentNullException.ThrowIfNull(builder);
        ArgumentNullException.ThrowIfNull(source);
        if (optional)
            throw new NotSupportedException("The local host knows no optional references.");

        var store = source.Resource;
        var name = connectionName ?? store.Name;
        Of(builder).References.Add(Of(source));
        return builder.WithEnvironment(context =>
        {
            context.Variables[$"ConnectionStrings__{name}"] = new ConnectionStringReference(store);
            foreach (var (property, value) in (store as IConnectionProperties)?.ConnectionProperties ?? [])
                context.Variables[$"{VariableName(name)}_{property.ToUpperInvariant()}"] = value;
        });
    }

    /// <summary>Starts this resource only when <paramref name="dependency"/> runs and its health checks pass.</summary>
    public static IResourceBuilder<T> WaitFor<T>(this IResourceBuilder<T> builder, IResourceBuilder<IResource> dependency)
        where T : IResourceWithWaitSupport
    {
        ArgumentNullException.ThrowIfNull(builder);
        ArgumentNullException.ThrowIfNull(dependency);
        if (ReferenceEquals(builder.Resource, dependency.Resource))
            throw new DistributedApplicationException($"The '{builder.Resource.Name}' resource cannot wait for itself.");

        Of(builder).Waits.Add(Of(dependency));
        return builder;
    }

    public static IResourceBuilder<T> WithHttpHealthCheck<T>(
        this IResourceBuilder<T> builder, string? path = null, int? statusCode = null, string? endpointName = null)
        where T : IResourceWithEndpoints
    {
        ArgumentNullException.ThrowIfNull(builder);
        var resource = Of(builder);
        var endpoint = endpointName ?? resource.Endpoints.Find(e => e.IsHttp)?.Name
            ?? throw new DistributedApplicationException(
                $"Could not create HTTP health check for resource '{resource.Name}' as no endpoint was found matching one of the specified names: http, https");
        resource.HealthChecks.Add(new HttpHealthCheck(endpoint, path ?? "/", statusCode ?? 200));
        return builder;
    }

    internal static IResourceBuilder<T> WithEnvironment<T>(this IResourceBuilder<T> builder, Action<EnvironmentContext> callback)
        where T : IResourceWithEnvironment
    {
        ArgumentNullException.ThrowIfNull(builder);
        Of(builder).EnvironmentCallbacks.Add(callback);
        return builder;
    }

    internal static Resource Of<T>(IResourceBuilder<T> builder)
        where T : IResource => (Resource)(object)builder.Resource;

    /// <summary>A resource's name as part of a variable's name: <c>api-gateway</c> becomes <c>API_GATEWAY</c>.</summary>
    private static string VariableName(string name) =>
        string.Concat(name.Select(c => char.IsAsciiLetterOrDigit(c) ? char.ToUpperInvariant(c) : '_'));
}
