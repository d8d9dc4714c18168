using System.Net;
using System.Net.Sockets;
using System.Text;
using Microsoft.Extensions.Diagnostics.HealthChecks;
using Microsoft.Extensions.Options;

namespace RagApp.Cache.Server;

/// <summary>Healthy when the server answers a client that authenticates.</summary>
internal sealed class CacheHealthCheck(IOptions<CacheServerOptions> options) : IHealthCheck
{
    private const string Expected = "+OK\r\n+PONG\r\n";

    public async Task<HealthCheckResult> CheckHealthAsync(HealthCheckContext context, CancellationToken cancellationToken = default)
    {
        try
        {
            using var client = new TcpClient();
            await client.ConnectAsync(IPAddress.Loopback, options.Value.Port, cancellationToken);
            var stream = client.GetStream();
            var password = options.Value.Password;
            var request = $"*2\r\n$4\r\nAUTH\r\n${Encoding.UTF8.GetByteCount(password)}\r\n{password}\r\n*1\r\n$4\r\nPING\r\n";
            await stream.WriteAsync(Encoding.UTF8.GetBytes(request), cancellationToken);
            var answer = new byte[Expected.Length];
            await stream.ReadExactlyAsync(answer, cancellationToken);
            return Encoding.ASCII.GetString(answer) == Expected
                ? HealthCheckResult.Healthy()
                : HealthCheckResult.Unhealthy("The server refused its own password.");
        }
        catch (Exception e) when (e is SocketException or IOException)
        {
            return HealthCheckResult.Unhealthy("The server does not answer.", e);
        }
    }
}
