using Microsoft.Extensions.Options;
using RagApp.Contracts.Embeddings;
using RagApp.Contracts.Http;

namespace RagApp.Embedding.Scheduling;

/// <summary>
/// Runs texts through their models in the order that <see cref="RunQueue"/> decides. Each runner has a thread of its own:
/// a run computes for tens of milliseconds, and on the thread pool it would delay requests.
/// </summary>
internal sealed class RunScheduler(
    RunQueue queue, IOptions<SchedulingOptions> options, TimeProvider time, Telemetry telemetry, ILogger<RunScheduler> logger) : IDisposable
{
    private readonly CancellationTokenSource _stopping = new();
    private Thread[] _threads = [];

    /// <summary>Starts the runners; runs that were queued before are run too.</summary>
    public void Start()
    {
        telemetry.ObserveQueue(queue.CountOf);
        _threads =
        [
            .. Enumerable.Range(1, options.Value.Runs)
                .Select(number => new Thread(() => RunAll(queue.Take)) { Name = $"model run {number}", IsBackground = true }),
            .. Enumerable.Range(1, options.Value.QuestionRuns)
                .Select(number => new Thread(() => RunAll(queue.TakeQuestion)) { Name = $"question run {number}", IsBackground = true }),
        ];
        foreach (var thread in _threads)
            thread.Start();
    }

    /// <summary>The outputs of <paramref name="inputs"/>, in their order.</summary>
    /// <exception cref="ProblemException">429: the lane has no room.</exception>
    public async Task<float[][]> RunAsync(
        ITextRunner runner, IReadOnlyList<long[]> inputs, string tenant, EmbeddingPriority priority, CancellationToken cancellationToken)
    {
        using var activity = Spans.Source.StartActivity(Spans.Stages.Run)
            ?.SetTag(Spans.Tags.Work, Telemetry.NameOf(runner.Work))
            .SetTag(Spans.Tags.Lane, Telemetry.LaneName(priority))
            .SetTag(Spans.Tags.Texts, inputs.Count)
            .SetTag(Spans.Tags.Tokens, inputs.Sum(tokens => tokens.Length));
        return await Task.WhenAll(Enqueue(runner, inputs, tenant, priority, cancellationToken));
    }

    /// <summary>
    /// Queues <paramref name="inputs"/>, all or none, and returns the runs in their order. Cancellation removes the runs that still
    /// wait.
    /// </summary>
    /// <exception cref="ProblemException">429: the lane has no room.</exception>
    public IReadOnlyList<Task<float[]>> Enqueue(
        ITextRunner runner, IReadOnlyList<long[]> inputs, string tenant, EmbeddingPriority priority, CancellationToken cancellationToken)
    {
        var now = time.GetTimestamp();
        var runs = inputs.Select(tokens => new WaitingRun(runner, tenant, priority, tokens, now)).ToArray();
        if (!queue.TryAdd(runs, priority))
            throw LaneFull.Refuse(runs.Length);

        var removal = cancellationToken.Register(() =>
        {
            queue.Remove(runs);
            CancelAll(runs, cancellationToken);
        });
        Task<float[]>[] outputs = [.. runs.Select(run => run.Output)];
        _ = Task.WhenAll(outputs).ContinueWith(_ => removal.Dispose(), CancellationToken.None, TaskContinuationOptions.ExecuteSynchronously, TaskScheduler.Default);
        return outputs;
    }

    /// <summary>Lets the runs in progress end, and cancels the waiting ones.</summary>
    public void Stop()
    {
        _stopping.Cancel();
        foreach (var thread in _threads)
            thread.Join();
        CancelAll(queue.Drain(), _stopping.Token);
    }

    public void Dispose() => _stopping.Dispose();

    private void RunAll(Func<CancellationToken, WaitingRun> take)
    {
        try
        {
            while (true)
                RunOne(take(_stopping.Token));
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
            var output = run.Runner.Run(run.Tokens);
            telemetry.RunEnded(run.Runner.Work, run.Priority, time.GetElapsedTime(run.Queued, started), time.GetElapsedTime(started));
            run.Complete(output);
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
