using Aspire.Qdrant.Client;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Qdrant.Client;

namespace Microsoft.Extensions.Hosting;

/// <summary>
/// A replacement for the package Aspire.Qdrant.Client with the same names: to use the package instead, reference it and
/// delete this folder.
/// </summary>
public static class AspireQdrantExtensions
{
    private const string DefaultConfigSectionName = "Aspire:Qdrant:Client";

    /// <summary>
    /// Registers <see cref="QdrantClient"/> for the server in <c>ConnectionStrings:NAME</c>, else in the section
    /// <c>Aspire:Qdrant:Client</c>. A connection string is an address, or <c>Endpoint=...;Key=...</c>.
    /// </summary>
    public static void AddQdrantClient(this IHostApplicationBuilder builder, string connectionName, Action<QdrantClientSettings>? configureSettings = null)
    {
        var settings = new QdrantClientSettings();
        builder.Configuration.GetSection(DefaultConfigSectionName).Bind(settings);
        if (builder.Configuration.GetConnectionString(connectionName) is { Length: > 0 } text)
            settings.ParseConnectionString(text);
        configureSettings?.Invoke(settings);

        builder.Services.AddSingleton(provider => settings.Endpoint is { } endpoint
            ? new QdrantClient(endpoint, settings.Key, loggerFactory: provider.GetRequiredService<ILoggerFactory>())
            : throw new InvalidOperationException($"A QdrantClient could not be made: give ConnectionStrings:{connectionName} or {DefaultConfigSectionName}:Endpoint an address."));
        if (!settings.DisableHealthChecks)
            builder.Services.AddHealthChecks().AddCheck<QdrantClientHealthCheck>("Qdrant.Client", timeout: settings.HealthCheckTimeout is > 0 and var limit ? TimeSpan.FromMilliseconds(limit) : null);
    }
}
