using CsCheck;
using RagApp.Storage.Documents;
using RagApp.Storage.Queue;

namespace RagApp.Tests.Conformance;

/// <summary>Model-based test: after any sequence of calls, the queue is in the state that <see cref="JobQueueModel"/> predicts.</summary>
public abstract partial class JobQueueConformance
{
    private const int Sequences = 40;

    /// <summary>
    /// Time step: not shorter than any back-off of the test's options (5 to 20 s), so that jitter does not matter, and shorter
    /// than a lease.
    /// </summary>
    private static readonly TimeSpan Tick = TimeSpan.FromSeconds(20);

    private static readonly Gen<Call[]> Calls = Gen.Select(
        Gen.OneOf(
            Does.Enqueue, Does.Enqueue, Does.Enqueue, Does.Lease, Does.Lease, Does.Lease, Does.Lease, Does.Complete, Does.Renew,
            Does.Retry, Does.Retry, Does.Return, Does.ReturnLater, Does.Bury, Does.Bury, Does.Requeue, Does.Discard, Does.Pass, Does.Pass),
        Gen.OneOf("a", "b", "c"), Gen.Int[0, 9], Gen.OneOf(JobPriority.Interactive, JobPriority.Bulk),
        (does, tenant, number, priority) => new Call(does, tenant, number, priority)).Array[40, 120];

    /// <summary>
    /// Operations on the queue. An operation on a lease picks one of the latest leases by the call's number, including lost and
    /// ended leases.
    /// </summary>
    private enum Does { Enqueue, Lease, Renew, Complete, Retry, Return, ReturnLater, Bury, Requeue, Discard, Pass }

    /// <summary>Removes everything from the queue.</summary>
    protected abstract Task EmptyAsync();

    [Fact]
    public Task AnyCalls_InAnyOrder_LeaveTheQueueAsTheModelSays() => Calls.SampleAsync(
        async calls =>
        {
            await EmptyAsync();
            var model = new JobQueueModel(MaxAttempts, Time);
            var leases = new List<LeasedJob>();
            foreach (var call in calls)
            {
                await DoAsync(call, model, leases);
                (await Queue.GetDepthAsync(Cancellation)).ShouldBe(model.Depth);
                (await Queue.GetBacklogAsync(call.Tenant, Cancellation)).ShouldBe(model.BacklogOf(call.Tenant));
            }
            await DrainAsync(model);
        },
        iter: Sequences, threads: 1);

    private async Task DoAsync(Call call, JobQueueModel model, List<LeasedJob> leases)
    {
        var job = Job(call.Number, call.Tenant, call.Priority);
        switch (call.Does)
        {
            case Does.Enqueue:
                await Queue.EnqueueAsync(job, Cancellation);
                model.Enqueue(job);
                break;
            case Does.Requeue:
                (await Queue.RequeueAsync(job, Cancellation)).ShouldBe(model.Requeue(job));
                break;
            case Does.Discard:
                (await Queue.DiscardAsync(job, Cancellation)).ShouldBe(model.Discard(job));
                break;
            case Does.Pass:
                Time.Advance(Tick);
                break;
            case Does.Lease:
                if (await LeaseAsync(model) is { } leased)
                    leases.Add(leased);
                break;
            default:
                if (leases.Count > 0)
                    await DoAsync(call.Does, leases[^(1 + (call.Number % leases.Count))], model);
                break;
        }
    }

    private async Task DoAsync(Does does, LeasedJob lease, JobQueueModel model)
    {
        switch (does)
        {
            case Does.Renew:
                (await Queue.RenewAsync(lease, Lease, Cancellation)).ShouldBe(model.Renew(lease, Lease));
                break;
            case Does.Complete:
                await Queue.CompleteAsync(lease, Cancellation);
                model.Complete(lease);
                break;
            case Does.Retry:
                (await Queue.RetryAsync(lease, "not now", Cancellation)).ShouldBe(model.Retry(lease, Tick));
                break;
            case Does.Bury:
                await Queue.BuryAsync(lease, "never", Cancellation);
                model.Bury(lease);
                break;
            default:
                var delay = does == Does.ReturnLater ? 2 * Tick : TimeSpan.Zero;
                await Queue.ReturnAsync(lease, delay, Cancellation);
                model.Return(lease, delay);
                break;
        }
    }

    private async Task<LeasedJob?> LeaseAsync(JobQueueModel model)
    {
        var leased = await Queue.LeaseAsync(Lease, Cancellation);
        model.Leased(leased, Lease);
        return leased;
    }

    /// <summary>Checks that no job is lost: every job that is not a dead letter can still be leased and completed.</summary>
    private async Task DrainAsync(JobQueueModel model)
    {
        while (model.Unfinished > 0)
        {
            if (await LeaseAsync(model) is { } leased)
            {
                await Queue.CompleteAsync(leased, Cancellation);
                model.Complete(leased);
            }
            else
            {
                Time.Advance(Tick);
            }
        }
        (await Queue.GetDepthAsync(Cancellation)).ShouldBe(model.Depth);
        (await DeadAsync()).Select(dead => dead.Job).ShouldBe(model.Dead, ignoreOrder: true);
    }

    private sealed record Call(Does Does, string Tenant, int Number, JobPriority Priority);
}
