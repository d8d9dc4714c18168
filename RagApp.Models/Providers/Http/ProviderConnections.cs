using RagApp.Models.Pool;

namespace RagApp.Models.Providers.Http;

/// <summary>The connections to all providers, pooled by their address. Redirects are not followed: they could lead out of a region.</summary>
internal sealed class ProviderConnections(TimeProvider time) : IDisposable
{
    private readonly SocketsHttpHandler _handler = new()
    {
        AllowAutoRedirect = false,
        AutomaticDecompression = System.Net.DecompressionMethods.All,
        ConnectTimeout = TimeSpan.FromSeconds(10),
        EnableMultipleHttp2Connections = true,
        // New connections follow changes of the provider's addresses.
        PooledConnectionLifetime = TimeSpan.FromMinutes(10),
        UseCookies = false,
    };

    /// <summary>Opens a client for the deployment and key of a lease; it may be used beyond the lease.</summary>
    public HttpClient Open(DeploymentLease lease) =>
        new(new ProviderHandler(_handler, lease.Deployment.Timeout, lease.LimitReceiver, time), disposeHandler: false)
        {
            // The handler bounds each wait; an answer as a whole may take as long as it takes.
            Timeout = Timeout.InfiniteTimeSpan,
        };

    public void Dispose() => _handler.Dispose();
}
