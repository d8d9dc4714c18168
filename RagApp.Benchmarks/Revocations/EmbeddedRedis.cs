using System.Globalization;
using System.Net;
using System.Net.Sockets;
using Garnet;

namespace RagApp.Benchmarks.Revocations;

/// <summary>A server that speaks Redis' protocol, within this process and on a free loopback port: for the index's term statistics.</summary>
internal sealed class EmbeddedRedis : IDisposable
{
    private readonly GarnetServer _server;

    public EmbeddedRedis()
    {
        var port = FreePort().ToString(CultureInfo.InvariantCulture);
        ConnectionString = $"127.0.0.1:{port},abortConnect=false";
        _server = new GarnetServer(
            ["--bind", "127.0.0.1", "--port", port, "--lua", "--lua-transaction-mode", "-q", "--memory", "64m", "--index", "1m", "--device-type", "RandomAccess"]);
        _server.Start();
    }

    public string ConnectionString { get; }

    public void Dispose() => _server.Dispose();

    private static int FreePort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }
}
