using System.Globalization;
using Garnet;
using RagApp.Storage.Queue;
using RagApp.Tests.Conformance;
using RagApp.Tests.TestServices;
using Xunit;

namespace RagApp.Tests.Storage;

/// <summary>The queue on the server that stands in for Redis where there are no containers.</summary>
[Covers(typeof(RedisJobQueue))]
public sealed class GarnetJobQueueTests(GarnetJobQueueTests.Fixture fixture) : RedisProtocolJobQueueTests, IClassFixture<GarnetJobQueueTests.Fixture>
{
    protected override Task<string> ConnectionStringAsync() => Task.FromResult(fixture.ConnectionString);

    public sealed class Fixture : IDisposable
    {
        private readonly int _port = FreePort.Next();
        private readonly GarnetServer _server;

        public Fixture()
        {
            _server = new GarnetServer(
                ["--bind", "127.0.0.1", "--port", _port.ToString(CultureInfo.InvariantCulture), "--lua", "--lua-transaction-mode", "-q",
                 "--memory", "64m", "--index", "1m", "--device-type", "RandomAccess"]);
            _server.Start();
        }

        public string ConnectionString => string.Create(CultureInfo.InvariantCulture, $"127.0.0.1:{_port},abortConnect=false");

        public void Dispose() => _server.Dispose();
    }
}
