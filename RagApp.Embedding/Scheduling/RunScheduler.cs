using Microsoft.Extensions.Options;
using RagApp.Contracts.Embeddings;

namespace RagApp.Embedding.Scheduling;

/// <summary>
/// Runs texts through their models in the order that <see cref="RunQueue"/> decides. Each runner has a thread of its own:
/// runs take tens of milliseconds of pure computation, and on the thread pool they would hold up the requests.
/// </summary>
internal sealed class RunScheduler(
    RunQueue queue, IOptions<SchedulingOptions> options, TimeProvider time, Telemetry telemetry, ILogger<RunScheduler> logger) : IDisposable
{
    private readonly CancellationTokenSource _stopping = new();
    private Thread[] _threads = [];

    /// <summary>Begins to take work; what came before has waited.</summary>
    public void Start()
    {
        telemetry.ObserveQueue(queue.CountOf);
        _threads = [.. Enumerable.Range(1, options.Value.Runs).Select(number =>
            new Thread(RunAll) { Name = $"model run {number}", IsBackground = true })];
        foreach (var thread in _threads)
            thread.Start();
    }

    /// <summary>The vectors of <paramref name="inputs"/>, in their order.</summary>
    /// <exception cref="QueueFullException">The lane has no room.</exception>
    public async Task<float[][]> RunAsync(
        ITextRunner runner, IReadOnlyList<long[]> inputs, string tenant, EmbeddingPriority priority, CancellationToken cancellationToken)
    {
        using var activity = Spans.Start(Spans.Stages.Run)
            ?.SetTag(Spans.Tags.Lane, Telemetry.LaneName(priority))
            .SetTag(Spans.Tags.Texts, inputs.Count)
            .SetTag(Spans.Tags.Tokens, inputs.Sum(tokens => tokens.Length));
        var now = time.GetTimestamp();
        var runs = inputs.Select(tokens => new WaitingRun(runner, tenant, priority, tokens, now)).ToArray();
        if (!queue.TryAdd(runs, priority))
            throw new QueueFullException(runs.Length);

        await using var removal = cancellationToken.Register(() =>
        {
            queue.Remove(runs);
            CancelAll(runs, cancellationToken);
        });
        return await Task.WhenAll(runs.Select(run => run.Vector));
    }

    /// <summary>Lets the runs in progress end, and cancels what waits.</summary>
    public void Stop()
    {
        _stopping.Cancel();
        foreach (var thread in _threads)
            thread.Join();
        CancelAll(queue.Drain(), _stopping.Token);
    }

    public void Dispose() => _stopping.Dispose();

    private void RunAll()
    {
        try
        {
            while (true)
                RunOne(queue.Take(_stopping.Token));
        }
        catch (OperationCanceledException)
        {
        }
    }

    private void RunOne(WaitingRun run)
    {
        var started = time.GetTimestamp();
        try
        {
            var vector = run.Runner.Run(run.Tokens);
            telemetry.RunEnded(run.Priority, time.GetElapsedTime(run.Queued, started), time.GetElapsedTime(started));
            run.Complete(vector);
        }
        catch (Exception exception)
        {
            logger.RunFailed(exception, run.Tokens.Length);
            run.Fail(exception);
        }
    }

    private static void CancelAll(IEnumerable<WaitingRun> runs, CancellationToken cancellationToken)
    {
        foreach (var run in runs)
            run.Cancel(cancellationToken);
    }
}
