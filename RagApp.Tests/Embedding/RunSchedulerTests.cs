using System.Diagnostics.Metrics;
using System.Net;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging.Abstractions;
using RagApp.Contracts.Embeddings;
using RagApp.Contracts.Http;
using RagApp.Embedding;
using RagApp.Embedding.Scheduling;
using RagApp.Tests.TestServices;
using static RagApp.Contracts.Embeddings.EmbeddingPriority;

namespace RagApp.Tests.Embedding;

/// <summary>Order in which texts run, with one runner whose runs end when the test says so.</summary>
public sealed class RunSchedulerTests : IDisposable
{
    private const int Capacity = 64;

    private readonly ControlledRunner _runner = new();
    private readonly ServiceProvider _services = new ServiceCollection().AddMetrics().BuildServiceProvider();
    private readonly RunQueue _queue;
    private readonly RunScheduler _scheduler;

    public RunSchedulerTests()
    {
        var options = Microsoft.Extensions.Options.Options.Create(
            new SchedulingOptions { Runs = 1, QuestionRuns = 0, InteractiveCapacity = Capacity, BulkCapacity = Capacity });
        _queue = new RunQueue(options);
        _scheduler = new RunScheduler(
            _queue, options, TimeProvider.System, new Telemetry(_services.GetRequiredService<IMeterFactory>()), NullLogger<RunScheduler>.Instance);
        _scheduler.Start();
    }

    public void Dispose()
    {
        _runner.EndAll();
        _scheduler.Stop();
        _scheduler.Dispose();
        _queue.Dispose();
        _runner.Dispose();
        _services.Dispose();
    }

    [Fact]
    public async Task Run_SeveralTexts_VectorsAreInTheirOrder()
    {
        _runner.EndAll();

        var vectors = await Enqueue(Bulk, 1, 2, 3);

        vectors.Select(vector => vector[0]).ShouldBe([1f, 2f, 3f]);
    }

    [Fact]
    public void Run_QuestionMeetsBulk_GoesNext()
    {
        _ = Enqueue(Bulk, 1, 2, 3, 4);
        _runner.NextBegun(Cancellation).ShouldBe(1);

        _ = Enqueue(Interactive, 100);

        _runner.EndOneAndTakeNext(Cancellation).ShouldBe(100);
        _runner.EndOneAndTakeNext(Cancellation).ShouldBe(2);
    }

    [Fact]
    public async Task Run_BulkRunsWithARunOfQuestionsBeside_TheQuestionDoesNotWait()
    {
        var options = Microsoft.Extensions.Options.Options.Create(new SchedulingOptions { Runs = 1, QuestionRuns = 1 });
        using var queue = new RunQueue(options);
        using var scheduler = new RunScheduler(
            queue, options, TimeProvider.System, new Telemetry(_services.GetRequiredService<IMeterFactory>()), NullLogger<RunScheduler>.Instance);
        scheduler.Start();
        var bulk = scheduler.RunAsync(_runner, [[1], [2]], "acme", Bulk, Cancellation);
        _runner.NextBegun(Cancellation).ShouldBe(1);

        var question = scheduler.RunAsync(_runner, [[100]], "acme", Interactive, Cancellation);

        _runner.NextBegun(Cancellation).ShouldBe(100);
        _runner.EndAll();
        await Task.WhenAll(bulk, question);
        scheduler.Stop();
    }

    [Fact]
    public void Run_QuestionsNeverLetUp_BulkGetsItsShare()
    {
        _ = Enqueue(Bulk, [.. Enumerable.Range(1, 10)]);
        _runner.NextBegun(Cancellation).ShouldBe(1);
        _ = Enqueue(Interactive, [.. Enumerable.Range(100, 40)]);

        var order = Enumerable.Range(0, 2 * RunQueue.BulkShare).Select(_ => _runner.EndOneAndTakeNext(Cancellation)).ToArray();

        order.Count(token => token < 100).ShouldBe(2);
        order[RunQueue.BulkShare - 1].ShouldBe(2);
    }

    [Fact]
    public void Run_SecondTenantsBulk_TakesTurnsWithTheFirsts()
    {
        _ = Enqueue(Bulk, "acme", Cancellation, 1, 2, 3, 4);
        _runner.NextBegun(Cancellation).ShouldBe(1);
        _ = Enqueue(Bulk, "globex", Cancellation, 11, 12);

        var order = Enumerable.Range(0, 5).Select(_ => _runner.EndOneAndTakeNext(Cancellation)).ToArray();

        order.ShouldBe([2L, 11, 3, 12, 4]);
    }

    [Fact]
    public async Task Run_CallerGoesAway_ItsTextsNoLongerWait()
    {
        using var caller = new CancellationTokenSource();
        var abandoned = Enqueue(Bulk, "acme", caller.Token, 1, 2, 3);
        _runner.NextBegun(Cancellation).ShouldBe(1);
        _ = Enqueue(Bulk, 9);

        await caller.CancelAsync();

        await Should.ThrowAsync<OperationCanceledException>(() => abandoned);
        _queue.CountOf(Bulk).ShouldBe(1);
        _runner.EndOneAndTakeNext(Cancellation).ShouldBe(9);
    }

    [Fact]
    public async Task Run_LaneFull_IsRefusedWholeAndTheOtherLaneIsNot()
    {
        _ = Enqueue(Bulk, 1);
        _runner.NextBegun(Cancellation).ShouldBe(1);
        _ = Enqueue(Bulk, [.. Enumerable.Range(2, Capacity - 1)]);

        (await Should.ThrowAsync<ProblemException>(() => Enqueue(Bulk, 98, 99))).Status.ShouldBe(HttpStatusCode.TooManyRequests);
        _queue.CountOf(Bulk).ShouldBe(Capacity - 1);

        _ = Enqueue(Bulk, 98);
        _ = Enqueue(Interactive, 100);
        _runner.EndOneAndTakeNext(Cancellation).ShouldBe(100);
    }

    [Fact]
    public async Task Run_CancelledTextsOfAFullLane_MakeRoom()
    {
        using var caller = new CancellationTokenSource();
        _ = Enqueue(Bulk, 1);
        _runner.NextBegun(Cancellation).ShouldBe(1);
        var abandoned = Enqueue(Bulk, "acme", caller.Token, [.. Enumerable.Range(2, Capacity)]);
        await caller.CancelAsync();
        await Should.ThrowAsync<OperationCanceledException>(() => abandoned);

        _ = Enqueue(Bulk, [.. Enumerable.Range(200, Capacity)]);

        _runner.EndOneAndTakeNext(Cancellation).ShouldBe(200);
    }

    [Fact]
    public async Task Stop_TextsWait_TheyAreCancelledAndTheRunInProgressEnds()
    {
        var inProgress = Enqueue(Bulk, 1);
        _runner.NextBegun(Cancellation).ShouldBe(1);
        var waiting = Enqueue(Bulk, 2);

        var stopping = new Thread(_scheduler.Stop);
        stopping.Start();
        // The stopping thread has forbidden further runs and now waits for the current run.
        await Eventually.HoldsAsync(() => stopping.ThreadState.HasFlag(ThreadState.WaitSleepJoin));
        _runner.EndOne();
        stopping.Join();

        (await inProgress)[0].ShouldBe([1f]);
        await Should.ThrowAsync<OperationCanceledException>(() => waiting);
    }

    private Task<float[][]> Enqueue(EmbeddingPriority priority, params int[] tokens) => Enqueue(priority, "acme", Cancellation, tokens);

    private Task<float[][]> Enqueue(EmbeddingPriority priority, string tenant, CancellationToken cancellationToken, params int[] tokens) =>
        _scheduler.RunAsync(_runner, [.. tokens.Select(token => new long[] { token })], tenant, priority, cancellationToken);
}
