using Aspire.Hosting.ApplicationModel;
using Microsoft.Extensions.Configuration;

namespace Aspire.Hosting;

/// <summary>Parameters and connection strings that come from configuration.</summary>
public static class ParameterResourceBuilderExtensions
{
    /// <summary>Adds a parameter whose value comes from <paramref name="valueGetter"/> when the application runs.</summary>
    /// <param name="publishValueAsDefault">Whether the value also stands in the manifest; not for secrets.</param>
    public static IResourceBuilder<ParameterResource> AddParameter(
        this IDistributedApplicationBuilder builder, string name, Func<string> valueGetter, bool publishValueAsDefault = false, bool secret = false)
    {
        ArgumentNullException.ThrowIfNull(builder);
        if (publishValueAsDefault && secret)
            throw new ArgumentException("A parameter cannot be both secret and published as a default value.", nameof(secret));

        return builder.AddResource(new ParameterResource(name, valueGetter, secret)
        {
            Default = publishValueAsDefault ? new ConstantParameterDefault(valueGetter) : null,
        });
    }

    /// <summary>Adds a parameter whose value is <c>Parameters:NAME</c> of the configuration, or else <paramref name="value"/>.</summary>
    /// <param name="persist">Whether a value made at run time is kept in the user secrets.</param>
    public static IResourceBuilder<ParameterResource> AddParameter(
        this IDistributedApplicationBuilder builder, string name, ParameterDefault value, bool secret = false, bool persist = false)
    {
        ArgumentNullException.ThrowIfNull(builder);
        ArgumentNullException.ThrowIfNull(value);
        if (persist && builder.ExecutionContext.IsRunMode)
            value = new UserSecretsParameterDefault(((DistributedApplicationBuilder)builder).UserSecrets, name, value);

        return builder.AddResource(new ParameterResource(name, () => Configured(builder.Configuration, name) ?? value.GetDefaultValue(), secret)
        {
            Default = value,
        });
    }

    /// <summary>Adds a connection string that configuration gives (<c>ConnectionStrings:NAME</c>).</summary>
    public static IResourceBuilder<IResourceWithConnectionString> AddConnectionString(
        this IDistributedApplicationBuilder builder, string name, string? environmentVariableName = null)
    {
        ArgumentNullException.ThrowIfNull(builder);
        if (environmentVariableName is not null)
            throw new NotSupportedException("The local host passes connection strings as ConnectionStrings__NAME only.");

        return builder.AddResource(new ConnectionStringParameterResource(name, () => builder.Configuration.GetConnectionString(name)
            ?? throw new DistributedApplicationException(
                $"The connection string '{name}' is missing. Set ConnectionStrings:{name} in the user secrets or ConnectionStrings__{name} in the environment.")));
    }

    /// <summary>Adds a connection string made of other resources.</summary>
    public static IResourceBuilder<ConnectionStringResource> AddConnectionString(
        this IDistributedApplicationBuilder builder, string name, ReferenceExpression connectionStringExpression)
    {
        ArgumentNullException.ThrowIfNull(builder);
        return builder.AddResource(new ConnectionStringResource(name, connectionStringExpression));
    }

    /// <summary>Some shells cannot set variables with dashes: <c>Parameters__redis_password</c> gives <c>redis-password</c> too.</summary>
    private static string? Configured(ConfigurationManager configuration, string name)
    {
        var value = configuration[$"Parameters:{name}"];
        return string.IsNullOrEmpty(value) ? configuration[$"Parameters:{name.Replace('-', '_')}"] : value;
    }
}
