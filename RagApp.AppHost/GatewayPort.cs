using System.Globalization;
using System.Net.NetworkInformation;

namespace RagApp.AppHost;

/// <summary>The gateway's port in a run: <c>Gateway:Port</c>, 8080 by default, 0 for any free port. A deployment chooses its own port.</summary>
internal static class GatewayPort
{
    private const string Standard = "8080";

    /// <exception cref="DistributedApplicationException">The setting is no port number, or the port is in use.</exception>
    public static int? Of(IDistributedApplicationBuilder builder)
    {
        if (builder.ExecutionContext.IsPublishMode)
            return null;

        var value = builder.Configuration["Gateway:Port"] ?? Standard;
        if (!ushort.TryParse(value, NumberStyles.None, CultureInfo.InvariantCulture, out var port))
            throw new DistributedApplicationException($"Gateway:Port={value} is not a port: give a number up to 65535.");
        if (port == 0)
            return null;
        if (Array.Exists(IPGlobalProperties.GetIPGlobalProperties().GetActiveTcpListeners(), l => l.Port == port))
            throw new DistributedApplicationException($"Port {port} is in use by another program: stop it, or choose another port with --Gateway:Port={port + 1}.");
        return port;
    }

    /// <summary>Tells the gateway the port that people reach it on.</summary>
    public static IResourceBuilder<ProjectResource> WithOwnPort(this IResourceBuilder<ProjectResource> gateway, int? port) =>
        port is null ? gateway : gateway.WithEnvironment("Gateway__Port", port.Value.ToString(CultureInfo.InvariantCulture));
}
