using System.Globalization;
using System.Runtime.CompilerServices;
using System.Text.Json;
using System.Threading.Channels;
using Microsoft.Extensions.Options;
using RagApp.Storage.Documents;
using StackExchange.Redis;

namespace RagApp.Storage.Queue;

/// <summary>
/// The job queue on Redis. Each operation is one atomic script, so that neither a crash nor concurrent workers leave a job in two
/// places or in none. New jobs are announced on a channel, so that waiting workers need not poll; a lost announcement only delays
/// a job.
/// </summary>
internal sealed class RedisJobQueue(
    IConnectionMultiplexer redis, IOptions<JobQueueOptions> options, Telemetry telemetry, TimeProvider time) : IJobQueue, IDisposable
{
    /// <summary>While both lanes have jobs, one bulk job follows this many interactive ones.</summary>
    internal const int InteractivePerBulk = 8;

    private const int DeadPerPage = 200;
    private const string WorkerDied = "The worker stopped answering while it had the job, on every attempt.";

    /// <summary>Keys of the queue; the braces keep them on one node of a Redis cluster.</summary>
    private static readonly RedisKey[] Keys =
    [
        "{queue}:turns:1", "{queue}:turns:2", "{queue}:places", "{queue}:heads", "{queue}:tails",
        "{queue}:delayed", "{queue}:running", "{queue}:dead", "{queue}:added",
        "{queue}:jobs", "{queue}:homes", "{queue}:tokens", "{queue}:attempts", "{queue}:reasons",
        "{queue}:backlog", "{queue}:counts",
    ];

    private static readonly RedisChannel News = RedisChannel.Literal("{queue}:news");

    /// <summary>Announcements not yet handled. Surplus ones are dropped, since a woken worker takes jobs until none is left.</summary>
    private readonly Channel<bool> _news = Channel.CreateBounded<bool>(
        new BoundedChannelOptions(64) { FullMode = BoundedChannelFullMode.DropWrite });

    private readonly SemaphoreSlim _subscribing = new(1, 1);
    private bool _subscribed;

    public async Task EnqueueAsync(Job job, CancellationToken cancellationToken)
    {
        await RunAsync(QueueScripts.Enqueue, cancellationToken, job.Id, JsonSerializer.Serialize(job, JobJson.Plain.Job), HomeOf(job), Now);
        Announce();
    }

    public async Task<LeasedJob?> LeaseAsync(TimeSpan duration, CancellationToken cancellationToken)
    {
        var token = NewName();
        var leased = (RedisValue[])(await RunAsync(
            QueueScripts.Lease, cancellationToken,
            Now, Now + Milliseconds(duration), token, options.Value.MaxAttempts, WorkerDied, InteractivePerBulk))!;
        telemetry.LeasesLost((long)leased[0], died: (long)leased[1]);
        return leased.Length == 2 ? null : new LeasedJob(ReadJob(leased[2]), token, (int)leased[3]);
    }

    public async Task WaitAsync(TimeSpan atMost, CancellationToken cancellationToken)
    {
        await SubscribeAsync(cancellationToken);
        using var limit = new CancellationTokenSource(atMost, time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(limit.Token, cancellationToken);
        try
        {
            await _news.Reader.ReadAsync(either.Token);
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            // The wait ended without an announcement, as the caller expects.
        }
    }

    public Task<bool> RenewAsync(LeasedJob job, TimeSpan duration, CancellationToken cancellationToken) =>
        ChangeAsync(QueueScripts.Renew, cancellationToken, job.Job.Id, job.Token, Now + Milliseconds(duration));

    public Task CompleteAsync(LeasedJob job, CancellationToken cancellationToken) =>
        ChangeAsync(QueueScripts.Complete, cancellationToken, job.Job.Id, job.Token);

    public async Task<bool> RetryAsync(LeasedJob job, string reason, CancellationToken cancellationToken)
    {
        if (job.Attempt >= options.Value.MaxAttempts)
            return !await TryBuryAsync(job, reason, cancellationToken);
        var due = Now + Milliseconds(options.Value.DelayAfter(job.Attempt));
        if (await ChangeAsync(QueueScripts.Delay, cancellationToken, job.Job.Id, job.Token, due, reason))
            telemetry.Retried();
        return true;
    }

    public async Task ReturnAsync(LeasedJob job, TimeSpan delay, CancellationToken cancellationToken)
    {
        var now = Now;
        if (await ChangeAsync(QueueScripts.Return, cancellationToken, job.Job.Id, job.Token, now + Milliseconds(delay), now))
            Announce();
    }

    public Task BuryAsync(LeasedJob job, string reason, CancellationToken cancellationToken) => TryBuryAsync(job, reason, cancellationToken);

    public async IAsyncEnumerable<DeadJob> ListDeadAsync(string? tenant, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        RedisValue[] page;
        var skip = 0;
        do
        {
            page = (RedisValue[])(await RunAsync(QueueScripts.ListDead, cancellationToken, skip, DeadPerPage))!;
            foreach (var dead in page.Chunk(4).Select(ReadDead))
            {
                if (tenant is null || string.Equals(dead.Job.Tenant, tenant, StringComparison.Ordinal))
                    yield return dead;
            }
            skip += DeadPerPage;
        }
        while (page.Length > 0);
    }

    public async Task<bool> RequeueAsync(Job job, CancellationToken cancellationToken)
    {
        var requeued = await ChangeAsync(QueueScripts.Requeue, cancellationToken, job.Id, Now);
        Announce();
        return requeued;
    }

    public Task<bool> DiscardAsync(Job job, CancellationToken cancellationToken) =>
        ChangeAsync(QueueScripts.Discard, cancellationToken, job.Id);

    public async Task<string> GetIdAsync(CancellationToken cancellationToken) =>
        (string)(await RunAsync(QueueScripts.Id, cancellationToken, NewName()))!;

    public async Task<QueueDepth> GetDepthAsync(CancellationToken cancellationToken)
    {
        var counts = (long[])(await RunAsync(QueueScripts.Depth, cancellationToken))!;
        return new QueueDepth(
            counts[0], counts[1], counts[2], counts[3], counts[4], counts[5] < 0 ? null : DateTimeOffset.FromUnixTimeMilliseconds(counts[5]));
    }

    public async Task<QueueBacklog> GetBacklogAsync(string tenant, CancellationToken cancellationToken)
    {
        var counts = (long[])(await RunAsync(QueueScripts.Backlog, cancellationToken, tenant))!;
        return new QueueBacklog(counts[0], counts[1]);
    }

    public void Dispose() => _subscribing.Dispose();

    private long Now => time.GetUtcNow().ToUnixTimeMilliseconds();

    private async Task<bool> TryBuryAsync(LeasedJob job, string reason, CancellationToken cancellationToken)
    {
        var buried = await ChangeAsync(QueueScripts.Bury, cancellationToken, job.Job.Id, job.Token, Now, reason);
        if (buried)
            telemetry.Buried(1);
        return buried;
    }

    private void Announce() => redis.GetSubscriber().Publish(News, RedisValue.EmptyString, CommandFlags.FireAndForget);

    private async Task<bool> ChangeAsync(string script, CancellationToken cancellationToken, params RedisValue[] arguments) =>
        (int)await RunAsync(script, cancellationToken, arguments) == 1;

    private async Task<RedisResult> RunAsync(string script, CancellationToken cancellationToken, params RedisValue[] arguments)
    {
        try
        {
            return await redis.GetDatabase().ScriptEvaluateAsync(script, Keys, arguments).WaitAsync(cancellationToken);
        }
        catch (Exception exception) when (exception is RedisConnectionException or RedisTimeoutException)
        {
            throw new QueueUnavailableException(exception);
        }
    }

    private async Task SubscribeAsync(CancellationToken cancellationToken)
    {
        if (Volatile.Read(ref _subscribed))
            return;
        await _subscribing.WaitAsync(cancellationToken);
        try
        {
            if (_subscribed)
                return;
            await redis.GetSubscriber().SubscribeAsync(News, (_, _) => _news.Writer.TryWrite(true)).WaitAsync(cancellationToken);
            Volatile.Write(ref _subscribed, true);
        }
        catch (Exception exception) when (exception is RedisConnectionException or RedisTimeoutException)
        {
            throw new QueueUnavailableException(exception);
        }
        finally
        {
            _subscribing.Release();
        }
    }

    private static long Milliseconds(TimeSpan duration) => (long)duration.TotalMilliseconds;

    private static string NewName() => Guid.NewGuid().ToString("N", CultureInfo.InvariantCulture);

    private static string HomeOf(Job job) => (job.Priority == JobPriority.Bulk ? "2" : "1") + job.Tenant;

    private static DeadJob ReadDead(RedisValue[] dead) => new(
        ReadJob(dead[0]), dead[1].ToString(), (int)dead[2], DateTimeOffset.FromUnixTimeMilliseconds((long)(double)dead[3]));

    private static Job ReadJob(RedisValue json) => JsonSerializer.Deserialize(json.ToString(), JobJson.Plain.Job)!;
}
