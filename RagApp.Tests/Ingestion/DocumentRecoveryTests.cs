using System.Reflection;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Testing;
using Microsoft.Extensions.Options;
using RagApp.Ingestion.Processing;
using RagApp.Ingestion.Processing.Jobs;
using RagApp.Storage.Queue;

namespace RagApp.Tests.Ingestion;

/// <summary>The recovery at the end of the service.</summary>
public sealed class DocumentRecoveryTests
{
    [Fact]
    public async Task Stop_QueueIsGoneByThen_EndsWithoutAnErrorAndWithoutAWord()
    {
        var logger = new FakeLogger<DocumentRecovery>();
        var queue = DispatchProxy.Create<IJobQueue, GoneAtTheEnd>();
        using var recovery = new DocumentRecovery(
            null!, queue, null!, null!, null!, null!, new RecoverySignal(), Options.Create(new ProcessingOptions()), TimeProvider.System, logger);

        await recovery.StartAsync(Cancellation);
        await ((GoneAtTheEnd)queue).Asked.WaitAsync(Cancellation); // a service that is stopped earlier never runs
        await recovery.StopAsync(Cancellation);

        recovery.ExecuteTask!.IsFaulted.ShouldBeFalse();
        logger.Collector.GetSnapshot().ShouldNotContain(record => record.Level >= LogLevel.Warning);
    }

    /// <summary>A queue that answers nothing until the service stops, and then is gone.</summary>
    internal class GoneAtTheEnd : DispatchProxy
    {
        private readonly TaskCompletionSource _asked = new();

        public Task Asked => _asked.Task;

        protected override object? Invoke(MethodInfo? targetMethod, object?[]? args) => IdAsync((CancellationToken)args![0]!);

        private async Task<string> IdAsync(CancellationToken stopping)
        {
            _asked.SetResult();
            var stopped = new TaskCompletionSource();
            await using var registration = stopping.Register(stopped.SetResult);
            await stopped.Task;
            throw new QueueUnavailableException(new TimeoutException());
        }
    }
}
