using System.Net.NetworkInformation;
using System.Security.Cryptography;
using Aspire.Hosting.Run;
using Microsoft.Extensions.Configuration;

namespace Aspire.Hosting.Dashboard;

/// <summary>The addresses and keys of one run's dashboard, known before it is there: the services are told where it will listen.</summary>
internal sealed record DashboardSettings
{
    /// <summary>Whether to install the dashboard where it is missing; <c>Dashboard:Install</c>, true by default.</summary>
    public required bool MayInstall { get; init; }

    /// <summary>Where people open it.</summary>
    public required Uri Frontend { get; init; }

    /// <summary>Where the services send telemetry, over gRPC.</summary>
    public required Uri Otlp { get; init; }

    /// <summary>Where the dashboard asks this host for resources and logs.</summary>
    public required Uri ResourceService { get; init; }

    public string BrowserToken { get; } = Token();

    public string OtlpKey { get; } = Token();

    public string ResourceServiceKey { get; } = Token();

    /// <summary>The addresses of the launch profile, as real Aspire reads them; a free port where one is missing or taken.</summary>
    public static DashboardSettings From(IConfiguration configuration) => new()
    {
        MayInstall = configuration.GetValue("Dashboard:Install", true),
        Frontend = Address(configuration["ASPNETCORE_URLS"]?.Split(';')[0]),
        Otlp = Address(configuration["ASPIRE_DASHBOARD_OTLP_ENDPOINT_URL"]),
        ResourceService = Address(configuration["ASPIRE_RESOURCE_SERVICE_ENDPOINT_URL"]),
    };

    private static Uri Address(string? wanted)
    {
        var taken = IPGlobalProperties.GetIPGlobalProperties().GetActiveTcpListeners();
        return wanted is not null && Uri.TryCreate(wanted, UriKind.Absolute, out var url) && !Array.Exists(taken, l => l.Port == url.Port)
            ? new Uri($"http://localhost:{url.Port}")
            : new Uri($"http://localhost:{PortAllocator.FreePort()}");
    }

    private static string Token() => Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(16));
}
