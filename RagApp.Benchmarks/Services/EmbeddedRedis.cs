using System.Globalization;
using Garnet;

namespace RagApp.Benchmarks.Services;

/// <summary>An embedded server that replaces Redis where containers are not available, on a free loopback port.</summary>
public sealed class EmbeddedRedis : IDisposable
{
    private readonly int _port = FreePort.Next();
    private readonly GarnetServer _server;

    public EmbeddedRedis()
    {
        _server = new GarnetServer(
            ["--bind", "127.0.0.1", "--port", _port.ToString(CultureInfo.InvariantCulture), "--lua", "--lua-transaction-mode", "-q",
             "--memory", "64m", "--index", "1m", "--device-type", "RandomAccess"]);
        _server.Start();
    }

    public string ConnectionString => string.Create(CultureInfo.InvariantCulture, $"127.0.0.1:{_port},abortConnect=false");

    public void Dispose() => _server.Dispose();
}
