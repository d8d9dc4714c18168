using RagApp.Storage.Documents;
using RagApp.Storage.Queue;

namespace RagApp.Tests.Conformance;

/// <summary>Order of jobs: fairness between tenants, priority lanes, and the place of jobs that return to the queue.</summary>
public abstract partial class JobQueueConformance
{
    [Fact]
    public async Task LeaseAsync_OneTenantHasAThousandWaiting_AnotherIsServedNext()
    {
        await Task.WhenAll(Enumerable.Range(0, 1_000).Select(i => Queue.EnqueueAsync(Job(i, "flood"), Cancellation)));
        await LeaseAsync();
        await Queue.EnqueueAsync(Job(1, "small"), Cancellation);

        (await LeaseTenantsAsync(2)).ShouldContain("small");
    }

    [Fact]
    public async Task LeaseAsync_SeveralTenants_TakeTurnsWhoeverHasMore()
    {
        foreach (var (tenant, jobs) in new[] { ("a", 6), ("b", 2), ("c", 4) })
        {
            for (var i = 0; i < jobs; i++)
                await Queue.EnqueueAsync(Job(i, tenant), Cancellation);
        }

        (await LeaseTenantsAsync(12)).ShouldBe(["a", "b", "c", "a", "b", "c", "a", "c", "a", "c", "a", "a"]);
    }

    [Fact]
    public async Task LeaseAsync_TenantAddsOneAfterTheOther_GetsNoMoreThanItsTurn()
    {
        for (var i = 0; i < 5; i++)
            await Queue.EnqueueAsync(Job(i, "folder"), Cancellation);

        var served = new List<string>();
        for (var i = 0; i < 8; i++)
        {
            await Queue.EnqueueAsync(Job(i, "drip"), Cancellation);
            var leased = await LeaseAsync();
            await Queue.CompleteAsync(leased, Cancellation);
            served.Add(leased.Job.Tenant);
        }

        served.Count(tenant => tenant == "folder").ShouldBe(4);
    }

    [Fact]
    public async Task LeaseAsync_JobsOfOneTenantFailOrAreLost_CostItItsTurns()
    {
        for (var i = 0; i < 12; i++)
        {
            await Queue.EnqueueAsync(Job(i, "failing"), Cancellation);
            await Queue.EnqueueAsync(Job(i, "steady"), Cancellation);
        }

        var served = new List<string>();
        for (var i = 0; i < 12; i++)
        {
            var leased = await LeaseAsync();
            served.Add(leased.Job.Tenant);
            if (leased.Job.Tenant == "steady")
                await Queue.CompleteAsync(leased, Cancellation);
            else if (i % 4 < 2)
                await Queue.RetryAsync(leased, "fails", Cancellation);
            Time.Advance(Lease);
        }

        served.Count(tenant => tenant == "steady").ShouldBe(6);
    }

    [Fact]
    public async Task LeaseAsync_BulkOfTheSameAndOthers_InteractiveComesFirst()
    {
        for (var i = 0; i < 4; i++)
        {
            await Queue.EnqueueAsync(Job(i, "a", JobPriority.Bulk), Cancellation);
            await Queue.EnqueueAsync(Job(i, "b", JobPriority.Bulk), Cancellation);
        }
        await Queue.EnqueueAsync(Job(10, "a"), Cancellation);
        await Queue.EnqueueAsync(Job(10, "c"), Cancellation);

        (await LeaseTenantsAsync(4)).ShouldBe(["a", "c", "a", "b"]);
    }

    [Fact]
    public async Task LeaseAsync_InteractiveWithoutEnd_BulkStillGetsItsShare()
    {
        await Queue.EnqueueAsync(Job(1, "bulk", JobPriority.Bulk), Cancellation);
        await Queue.EnqueueAsync(Job(2, "bulk", JobPriority.Bulk), Cancellation);
        for (var i = 0; i < 40; i++)
            await Queue.EnqueueAsync(Job(i, "busy"), Cancellation);

        var served = await LeaseTenantsAsync(18);
        served.IndexOf("bulk").ShouldBe(RedisJobQueue.InteractivePerBulk);
        served.LastIndexOf("bulk").ShouldBe((2 * RedisJobQueue.InteractivePerBulk) + 1);
    }

    [Fact]
    public async Task ReturnAsync_AtOnce_IsNextForTheTenantAndCountsNoAttempt()
    {
        await Queue.EnqueueAsync(Job(1), Cancellation);
        await Queue.EnqueueAsync(Job(2), Cancellation);
        for (var i = 0; i < MaxAttempts + 2; i++)
        {
            var leased = await LeaseAsync();
            (leased.Job, leased.Attempt).ShouldBe((Job(1), 1));
            await Queue.ReturnAsync(leased, TimeSpan.Zero, Cancellation);
        }
        await DepthShouldBeAsync(waiting: 2, delayed: 0, running: 0, dead: 0);
    }

    [Fact]
    public async Task ReturnAsync_WithADelay_ComesBackThen()
    {
        await Queue.EnqueueAsync(Job(1), Cancellation);
        await Queue.ReturnAsync(await LeaseAsync(), TimeSpan.FromSeconds(10), Cancellation);

        await DepthShouldBeAsync(waiting: 0, delayed: 1, running: 0, dead: 0);
        Time.Advance(TimeSpan.FromSeconds(10));
        (await LeaseAsync()).Attempt.ShouldBe(1);
    }

    [Fact]
    public async Task ListDeadAsync_Several_GivesTheNewestFirstByTenant()
    {
        for (var i = 1; i <= 4; i++)
        {
            await Queue.EnqueueAsync(Job(i, i % 2 == 0 ? "even" : "odd"), Cancellation);
            await Queue.BuryAsync(await LeaseAsync(), $"reason {i}", Cancellation);
            Time.Advance(TimeSpan.FromSeconds(1));
        }

        (await DeadAsync()).Select(dead => dead.Reason).ShouldBe(["reason 4", "reason 3", "reason 2", "reason 1"]);
        (await DeadAsync("odd")).Select(dead => dead.Reason).ShouldBe(["reason 3", "reason 1"]);
        await DepthShouldBeAsync(waiting: 0, delayed: 0, running: 0, dead: 4);
    }

    [Fact]
    public async Task RequeueAsync_Dead_StartsAfreshInItsLane()
    {
        var job = Job(1, priority: JobPriority.Bulk);
        await Queue.EnqueueAsync(job, Cancellation);
        await Queue.BuryAsync(await LeaseAsync(), "broken", Cancellation);

        (await Queue.RequeueAsync(job, Cancellation)).ShouldBeTrue();
        (await Queue.RequeueAsync(job, Cancellation)).ShouldBeFalse();

        (await Queue.GetDepthAsync(Cancellation)).ShouldBe(new QueueDepth(Interactive: 0, Bulk: 1, Delayed: 0, Running: 0, Dead: 0, Time.GetUtcNow()));
        var again = await LeaseAsync();
        (again.Job, again.Attempt).ShouldBe((job, 1));
    }

    [Fact]
    public async Task DiscardAsync_Dead_ForgetsIt()
    {
        await Queue.EnqueueAsync(Job(1), Cancellation);
        (await Queue.DiscardAsync(Job(1), Cancellation)).ShouldBeFalse();
        await Queue.BuryAsync(await LeaseAsync(), "broken", Cancellation);

        (await Queue.DiscardAsync(Job(1), Cancellation)).ShouldBeTrue();

        (await DeadAsync()).ShouldBeEmpty();
        (await Queue.RequeueAsync(Job(1), Cancellation)).ShouldBeFalse();
    }

    [Fact]
    public async Task GetBacklogAsync_JobsOfSeveral_CountsWaitingAndDelayed()
    {
        for (var i = 0; i < 3; i++)
            await Queue.EnqueueAsync(Job(i, "a", (JobPriority)(i % 2)), Cancellation);
        await Queue.EnqueueAsync(Job(9, "b"), Cancellation);
        await Queue.RetryAsync(await LeaseAsync(), "later", Cancellation);
        await LeaseAsync();

        (await Queue.GetBacklogAsync("a", Cancellation)).ShouldBe(new QueueBacklog(Tenant: 3, Total: 3));
        (await Queue.GetBacklogAsync("b", Cancellation)).ShouldBe(new QueueBacklog(Tenant: 0, Total: 3));
        (await Queue.GetBacklogAsync("c", Cancellation)).ShouldBe(new QueueBacklog(Tenant: 0, Total: 3));
    }

    [Fact]
    public async Task GetDepthAsync_JobsAreDone_OldestIsTheOldestUnfinished()
    {
        var start = Time.GetUtcNow();
        for (var i = 0; i < 3; i++)
        {
            await Queue.EnqueueAsync(Job(i), Cancellation);
            Time.Advance(TimeSpan.FromSeconds(1));
        }
        await Queue.CompleteAsync(await LeaseAsync(), Cancellation);
        (await Queue.GetDepthAsync(Cancellation)).OldestAt.ShouldBe(start + TimeSpan.FromSeconds(1));

        await Queue.BuryAsync(await LeaseAsync(), "broken", Cancellation);
        await Queue.CompleteAsync(await LeaseAsync(), Cancellation);
        (await Queue.GetDepthAsync(Cancellation)).OldestAt.ShouldBeNull();
    }

    private async Task<List<string>> LeaseTenantsAsync(int count)
    {
        var tenants = new List<string>();
        for (var i = 0; i < count; i++)
            tenants.Add((await LeaseAsync()).Job.Tenant);
        return tenants;
    }
}
