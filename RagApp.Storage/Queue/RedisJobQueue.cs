using System.Globalization;
using System.Text.Json;
using System.Threading.Channels;
using Microsoft.Extensions.Options;
using StackExchange.Redis;

namespace RagApp.Storage.Queue;

/// <summary>
/// The job queue on the Redis protocol. Each operation is one script, so that a crash or two workers at the same
/// moment leave no job in two places or in none. New jobs are announced on a channel, so that waiting workers
/// need not ask; an announcement that is lost costs a wait, not a job.
/// </summary>
internal sealed class RedisJobQueue(IConnectionMultiplexer redis, IOptions<JobQueueOptions> options, TimeProvider time) : IJobQueue, IDisposable
{
    private const string WorkerDied = "The worker stopped answering while it had the job, on every attempt.";

    /// <summary>The braces keep the keys together on a Redis cluster.</summary>
    private static readonly RedisKey[] Keys =
    [
        "{jobs}:waiting", "{jobs}:delayed", "{jobs}:running", "{jobs}:dead",
        "{jobs}:jobs", "{jobs}:tokens", "{jobs}:attempts", "{jobs}:reasons", "{jobs}:turn",
    ];

    private static readonly RedisChannel News = RedisChannel.Literal("{jobs}:news");

    /// <summary>News not yet acted upon. What does not fit is dropped: the workers that are woken look until nothing is left.</summary>
    private readonly Channel<bool> _news = Channel.CreateBounded<bool>(
        new BoundedChannelOptions(64) { FullMode = BoundedChannelFullMode.DropWrite });

    private readonly SemaphoreSlim _subscribing = new(1, 1);
    private bool _subscribed;

    public async Task EnqueueAsync(Job job, CancellationToken cancellationToken)
    {
        await RunAsync(QueueScripts.Enqueue, cancellationToken, job.Id, JsonSerializer.Serialize(job, StorageJson.Plain.Job));
        await redis.GetSubscriber().PublishAsync(News, RedisValue.EmptyString, CommandFlags.FireAndForget);
    }

    public async Task<LeasedJob?> LeaseAsync(TimeSpan duration, CancellationToken cancellationToken)
    {
        var token = Guid.NewGuid().ToString("N", CultureInfo.InvariantCulture);
        var leased = (RedisValue[])(await RunAsync(
            QueueScripts.Lease, cancellationToken, Now, Now + Milliseconds(duration), token, options.Value.MaxAttempts, WorkerDied))!;
        return leased.Length == 0 ? null : new LeasedJob(ReadJob(leased[0]), token, (int)leased[1]);
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
            // Nothing came in time: what the caller was promised.
        }
    }

    public Task<bool> RenewAsync(LeasedJob job, TimeSpan duration, CancellationToken cancellationToken) =>
        ChangeAsync(QueueScripts.Renew, cancellationToken, job.Job.Id, job.Token, Now + Milliseconds(duration));

    public Task CompleteAsync(LeasedJob job, CancellationToken cancellationToken) =>
        ChangeAsync(QueueScripts.Complete, cancellationToken, job.Job.Id, job.Token);

    public async Task<bool> RetryAsync(LeasedJob job, string reason, CancellationToken cancellationToken)
    {
        if (job.Attempt < options.Value.MaxAttempts)
        {
            var due = Now + Milliseconds(options.Value.DelayAfter(job.Attempt));
            await ChangeAsync(QueueScripts.Delay, cancellationToken, job.Job.Id, job.Token, due, reason);
            return true;
        }
        return !await ChangeAsync(QueueScripts.Bury, cancellationToken, job.Job.Id, job.Token, Now, reason);
    }

    public Task BuryAsync(LeasedJob job, string reason, CancellationToken cancellationToken) =>
        ChangeAsync(QueueScripts.Bury, cancellationToken, job.Job.Id, job.Token, Now, reason);

    public async Task<IReadOnlyList<DeadJob>> ListDeadAsync(int limit, CancellationToken cancellationToken)
    {
        var flat = (RedisValue[])(await RunAsync(QueueScripts.ListDead, cancellationToken, limit))!;
        return [.. flat.Chunk(4).Select(dead => new DeadJob(
            ReadJob(dead[0]), dead[1].ToString(), (int)dead[2], DateTimeOffset.FromUnixTimeMilliseconds((long)(double)dead[3])))];
    }

    public async Task<QueueDepth> GetDepthAsync(CancellationToken cancellationToken)
    {
        var counts = (long[])(await RunAsync(QueueScripts.Depth, cancellationToken))!;
        return new QueueDepth(counts[0], counts[1], counts[2], counts[3]);
    }

    public void Dispose() => _subscribing.Dispose();

    private long Now => time.GetUtcNow().ToUnixTimeMilliseconds();

    private async Task<bool> ChangeAsync(string script, CancellationToken cancellationToken, params RedisValue[] arguments) =>
        (int)await RunAsync(script, cancellationToken, arguments) == 1;

    private async Task<RedisResult> RunAsync(string script, CancellationToken cancellationToken, params RedisValue[] arguments) =>
        await redis.GetDatabase().ScriptEvaluateAsync(script, Keys, arguments).WaitAsync(cancellationToken);

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
        finally
        {
            _subscribing.Release();
        }
    }

    private static long Milliseconds(TimeSpan duration) => (long)duration.TotalMilliseconds;

    private static Job ReadJob(RedisValue json) => JsonSerializer.Deserialize(json.ToString(), StorageJson.Plain.Job)!;
}
