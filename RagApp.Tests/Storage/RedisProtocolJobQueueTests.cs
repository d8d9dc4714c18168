using Microsoft.Extensions.Options;
using RagApp.Storage.Queue;
using RagApp.Tests.Conformance;
using StackExchange.Redis;
using Xunit;

namespace RagApp.Tests.Storage;

/// <summary>The queue on one server that speaks the Redis protocol, emptied before every test.</summary>
public abstract class RedisProtocolJobQueueTests : JobQueueConformance, IAsyncLifetime
{
    private ConnectionMultiplexer? _connection;
    private RedisJobQueue? _queue;

    protected override IJobQueue Queue => _queue!;

    public async ValueTask InitializeAsync()
    {
        _connection = await ConnectionMultiplexer.ConnectAsync(await ConnectionStringAsync(), server => server.AllowAdmin = true);
        await _connection.GetDatabase().ExecuteAsync("FLUSHALL");
        var options = new JobQueueOptions { MaxAttempts = MaxAttempts, FirstDelay = TimeSpan.FromSeconds(10) };
        _queue = new RedisJobQueue(_connection, Options.Create(options), Time);
    }

    public async ValueTask DisposeAsync()
    {
        _queue?.Dispose();
        if (_connection is not null)
            await _connection.DisposeAsync();
        GC.SuppressFinalize(this);
    }

    protected abstract Task<string> ConnectionStringAsync();

    /// <summary>Returns when the connection of the queue is there again.</summary>
    protected async Task ReconnectedAsync()
    {
        while (true)
        {
            try
            {
                await _connection!.GetDatabase().PingAsync();
                return;
            }
            catch (Exception exception) when (exception is RedisException or TimeoutException)
            {
                await Task.Delay(TimeSpan.FromMilliseconds(50), TimeProvider.System, Cancellation);
            }
        }
    }
}
