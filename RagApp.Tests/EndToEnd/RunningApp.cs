using RagApp.Tests.EndToEnd;
using RagApp.Tests.TestServices;
using Xunit;

[assembly: AssemblyFixture(typeof(RunningApp))]

namespace RagApp.Tests.EndToEnd;

/// <summary>One run of the whole system that the end-to-end and browser tests share; started when the first of them asks.</summary>
public sealed class RunningApp : IAsyncLifetime
{
    private readonly TemporaryFolder _data = new();
    private readonly SemaphoreSlim _starting = new(1, 1);
    private AppHostProcess? _process;

    public ValueTask InitializeAsync() => ValueTask.CompletedTask;

    /// <summary>Address of the gateway, once it is ready.</summary>
    public async Task<Uri> GatewayAsync(CancellationToken cancellationToken)
    {
        await _starting.WaitAsync(cancellationToken);
        try
        {
            _process ??= await AppHostProcess.StartAsync(_data.Path, cancellationToken, "--Dashboard:Enabled=false");
            return _process.Gateway;
        }
        finally
        {
            _starting.Release();
        }
    }

    public async ValueTask DisposeAsync()
    {
        if (_process is not null)
            await _process.DisposeAsync();
        _starting.Dispose();
        _data.Dispose();
    }
}
