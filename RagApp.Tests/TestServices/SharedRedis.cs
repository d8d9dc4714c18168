namespace RagApp.Tests.TestServices;

/// <summary>A redis-server that the tests of a class share.</summary>
public sealed class SharedRedis : IAsyncLifetime
{
    private RedisServer? _server;

    /// <summary>The server; the test is skipped where redis-server is not installed.</summary>
    internal RedisServer Server
    {
        get
        {
            Assert.SkipUnless(RedisServer.IsAvailable, RedisServer.Missing ?? "");
            return _server!;
        }
    }

    public async ValueTask InitializeAsync() => _server = RedisServer.IsAvailable ? await RedisServer.StartAsync() : null;

    public ValueTask DisposeAsync() => _server?.DisposeAsync() ?? ValueTask.CompletedTask;
}
