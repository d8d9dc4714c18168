using Microsoft.Extensions.Time.Testing;
using RagApp.Storage.Documents;
using RagApp.Storage.Queue;

namespace RagApp.Tests.Conformance;

/// <summary>Behaviour that every job queue must have. Each test has its own queue, with three attempts per job.</summary>
public abstract partial class JobQueueConformance
{
    protected const int MaxAttempts = 3;

    private static readonly TimeSpan Lease = TimeSpan.FromSeconds(30);

    protected FakeTimeProvider Time { get; } = new(new DateTimeOffset(2026, 1, 1, 0, 0, 0, TimeSpan.Zero));

    protected abstract IJobQueue Queue { get; }

    [Fact]
    public async Task LeaseAsync_Empty_ReturnsNull() =>
        (await Queue.LeaseAsync(Lease, Cancellation)).ShouldBeNull();

    [Fact]
    public async Task LeaseAsync_Waiting_ComesInOrderAndOnce()
    {
        for (var i = 1; i <= 12; i++)
            await Queue.EnqueueAsync(Job(i), Cancellation);

        for (var i = 1; i <= 12; i++)
        {
            var leased = await LeaseAsync();
            (leased.Job, leased.Attempt).ShouldBe((Job(i), 1));
        }
        (await Queue.LeaseAsync(Lease, Cancellation)).ShouldBeNull();
        await DepthShouldBeAsync(waiting: 0, delayed: 0, running: 12, dead: 0);
    }

    [Fact]
    public async Task EnqueueAsync_OddNames_AreKept()
    {
        var job = new Job(JobKind.Delete, "Ünternehmen \"&\" 日本", "d:1", "i1", 2);
        await Queue.EnqueueAsync(job, Cancellation);
        (await LeaseAsync()).Job.ShouldBe(job);
    }

    [Fact]
    public async Task EnqueueAsync_WaitingOrRunning_IsNotAddedAgain()
    {
        await Queue.EnqueueAsync(Job(1), Cancellation);
        await Queue.EnqueueAsync(Job(1), Cancellation);
        var leased = await LeaseAsync();
        await Queue.EnqueueAsync(Job(1), Cancellation);
        (await Queue.LeaseAsync(Lease, Cancellation)).ShouldBeNull();

        await Queue.CompleteAsync(leased, Cancellation);
        await Queue.EnqueueAsync(Job(1), Cancellation);
        (await LeaseAsync()).Attempt.ShouldBe(1);
    }

    [Fact]
    public async Task CompleteAsync_Leased_LeavesNothing()
    {
        await Queue.EnqueueAsync(Job(1), Cancellation);
        await Queue.CompleteAsync(await LeaseAsync(), Cancellation);
        Time.Advance(TimeSpan.FromHours(1));

        (await Queue.LeaseAsync(Lease, Cancellation)).ShouldBeNull();
        await DepthShouldBeAsync(waiting: 0, delayed: 0, running: 0, dead: 0);
    }

    [Fact]
    public async Task LeaseAsync_WorkerDied_GivesTheJobToTheNextBeforeOthers()
    {
        await Queue.EnqueueAsync(Job(1), Cancellation);
        await Queue.EnqueueAsync(Job(2), Cancellation);
        var lost = await LeaseAsync();
        Time.Advance(Lease - TimeSpan.FromSeconds(1));
        (await LeaseAsync()).Job.ShouldBe(Job(2));
        Time.Advance(TimeSpan.FromSeconds(1));

        var again = await LeaseAsync();
        (again.Job, again.Attempt).ShouldBe((Job(1), 2));
        again.Token.ShouldNotBe(lost.Token);
    }

    [Fact]
    public async Task LeaseAsync_WorkerDiedOnEveryAttempt_BuriesTheJob()
    {
        await Queue.EnqueueAsync(Job(1), Cancellation);
        for (var attempt = 1; attempt <= MaxAttempts; attempt++)
        {
            (await LeaseAsync()).Attempt.ShouldBe(attempt);
            Time.Advance(Lease);
        }

        (await Queue.LeaseAsync(Lease, Cancellation)).ShouldBeNull();
        var dead = (await DeadAsync()).ShouldHaveSingleItem();
        (dead.Job, dead.Attempts).ShouldBe((Job(1), MaxAttempts));
        dead.Reason.ShouldNotBeEmpty();
    }

    [Fact]
    public async Task RenewAsync_BeforeTheEnd_KeepsTheLease()
    {
        await Queue.EnqueueAsync(Job(1), Cancellation);
        var leased = await LeaseAsync();
        for (var i = 0; i < 5; i++)
        {
            Time.Advance(Lease / 2);
            (await Queue.RenewAsync(leased, Lease, Cancellation)).ShouldBeTrue();
        }
        (await Queue.LeaseAsync(Lease, Cancellation)).ShouldBeNull();
    }

    [Fact]
    public async Task AnyChange_LeaseLost_ChangesNothing()
    {
        await Queue.EnqueueAsync(Job(1), Cancellation);
        var lost = await LeaseAsync();
        Time.Advance(Lease);
        var holder = await LeaseAsync();

        (await Queue.RenewAsync(lost, Lease, Cancellation)).ShouldBeFalse();
        await Queue.CompleteAsync(lost, Cancellation);
        (await Queue.RetryAsync(lost, "late", Cancellation)).ShouldBeTrue();
        (await Queue.RetryAsync(lost with { Attempt = MaxAttempts }, "late", Cancellation)).ShouldBeTrue();
        await Queue.BuryAsync(lost, "late", Cancellation);

        await DepthShouldBeAsync(waiting: 0, delayed: 0, running: 1, dead: 0);
        (await Queue.RenewAsync(holder, Lease, Cancellation)).ShouldBeTrue();
    }

    [Fact]
    public async Task RetryAsync_Failed_ComesBackAfterAGrowingDelay()
    {
        await Queue.EnqueueAsync(Job(1), Cancellation);
        // By the test's options the first delay is 10 s and doubles; jitter may shorten a delay by up to half.
        foreach (var most in new[] { TimeSpan.FromSeconds(10), TimeSpan.FromSeconds(20) })
        {
            (await Queue.RetryAsync(await LeaseAsync(), "not now", Cancellation)).ShouldBeTrue();
            await DepthShouldBeAsync(waiting: 0, delayed: 1, running: 0, dead: 0);
            Time.Advance((most / 2) - TimeSpan.FromMilliseconds(1));
            (await Queue.LeaseAsync(Lease, Cancellation)).ShouldBeNull();
            Time.Advance((most / 2) + TimeSpan.FromMilliseconds(1));
        }
        (await LeaseAsync()).Attempt.ShouldBe(3);
    }

    [Fact]
    public async Task RetryAsync_LastAttempt_IsDeadWithItsReason()
    {
        await Queue.EnqueueAsync(Job(1), Cancellation);
        for (var attempt = 1; attempt < MaxAttempts; attempt++)
        {
            (await Queue.RetryAsync(await LeaseAsync(), "early reason", Cancellation)).ShouldBeTrue();
            Time.Advance(TimeSpan.FromMinutes(1));
        }
        (await Queue.RetryAsync(await LeaseAsync(), "The last reason.", Cancellation)).ShouldBeFalse();

        (await Queue.LeaseAsync(Lease, Cancellation)).ShouldBeNull();
        (await DeadAsync()).ShouldHaveSingleItem()
            .ShouldBe(new DeadJob(Job(1), "The last reason.", MaxAttempts, Time.GetUtcNow()));
    }

    [Fact]
    public async Task EnqueueAsync_DeadJob_StartsAfresh()
    {
        await Queue.EnqueueAsync(Job(1), Cancellation);
        await Queue.BuryAsync(await LeaseAsync(), "broken", Cancellation);
        await Queue.EnqueueAsync(Job(1), Cancellation);

        await DepthShouldBeAsync(waiting: 1, delayed: 0, running: 0, dead: 0);
        (await LeaseAsync()).Attempt.ShouldBe(1);
    }

    [Fact]
    public async Task LeaseAsync_ManyWorkersAtOnce_GiveEachJobToOne()
    {
        for (var i = 0; i < 60; i++)
            await Queue.EnqueueAsync(Job(i), Cancellation);

        var leased = await Task.WhenAll(Enumerable.Range(0, 80).Select(_ => Queue.LeaseAsync(Lease, Cancellation)));
        leased.OfType<LeasedJob>().Select(job => job.Job).Distinct().Count().ShouldBe(60);
        leased.Count(job => job is null).ShouldBe(20);
    }

    [Fact]
    public async Task WaitAsync_JobAdded_Returns()
    {
        await Queue.WaitAsync(TimeSpan.Zero, Cancellation); // the queue subscribes to notifications
        var waiting = Queue.WaitAsync(TimeSpan.FromHours(1), Cancellation);
        await Queue.EnqueueAsync(Job(1), Cancellation);
        await waiting.WaitAsync(TimeSpan.FromSeconds(20), TimeProvider.System, Cancellation);
        (await LeaseAsync()).Job.ShouldBe(Job(1));
    }

    [Fact]
    public async Task WaitAsync_NothingAdded_ReturnsAfterTheTime()
    {
        await Queue.WaitAsync(TimeSpan.Zero, Cancellation);
        var waiting = Queue.WaitAsync(TimeSpan.FromSeconds(5), Cancellation);
        waiting.IsCompleted.ShouldBeFalse();
        Time.Advance(TimeSpan.FromSeconds(5));
        await waiting.WaitAsync(TimeSpan.FromSeconds(20), TimeProvider.System, Cancellation);
    }

    [Fact]
    public async Task WaitAsync_Cancelled_Throws()
    {
        using var stop = new CancellationTokenSource();
        var waiting = Queue.WaitAsync(TimeSpan.FromHours(1), stop.Token);
        await stop.CancelAsync();
        await Should.ThrowAsync<OperationCanceledException>(waiting);
    }

    protected static Job Job(int number, string tenant = "acme", JobPriority priority = JobPriority.Interactive) =>
        new(JobKind.Ingest, tenant, $"d{number}", "i1", 1) { Priority = priority };

    protected async Task<LeasedJob> LeaseAsync() => (await Queue.LeaseAsync(Lease, Cancellation)).ShouldNotBeNull();

    protected async Task DepthShouldBeAsync(long waiting, long delayed, long running, long dead)
    {
        var depth = await Queue.GetDepthAsync(Cancellation);
        (depth.Waiting, depth.Delayed, depth.Running, depth.Dead).ShouldBe((waiting, delayed, running, dead));
    }

    private async Task<List<DeadJob>> DeadAsync(string? tenant = null)
    {
        var all = new List<DeadJob>();
        await foreach (var dead in Queue.ListDeadAsync(tenant, Cancellation))
            all.Add(dead);
        return all;
    }
}
