using System.Text.Json;
using RagApp.Contracts;
using RagApp.Contracts.Documents;
using RagApp.Contracts.Http;

namespace RagApp.Cli.Ingest;

/// <summary>
/// Follows the sent documents until they are done: by the server's feed of changes, and by looking them up from time to time, more
/// often while there is no feed.
/// </summary>
internal sealed class Follower(IngestClient gateway, Tally tally, TimeProvider time)
{
    private static readonly TimeSpan AskEvery = TimeSpan.FromSeconds(2);
    private static readonly TimeSpan AskEveryWithFeed = TimeSpan.FromSeconds(15);
    private static readonly TimeSpan ReopenAfterFailure = TimeSpan.FromSeconds(10);

    private volatile bool _followed;
    private volatile bool _missed;

    public async Task RunAsync(CancellationToken cancellationToken) =>
        await Task.WhenAll(FollowAsync(cancellationToken), AskAsync(cancellationToken));

    private async Task FollowAsync(CancellationToken cancellationToken)
    {
        while (!cancellationToken.IsCancellationRequested)
        {
            var wait = ReopenAfterFailure;
            try
            {
                await foreach (var item in gateway.FollowAsync(cancellationToken))
                {
                    _followed = true;
                    if (item.EventType == DocumentEvents.Changed)
                        tally.See(JsonSerializer.Deserialize(item.Data, ContractsJson.Default.DocumentInfo)!);
                    else if (item.EventType == DocumentEvents.Resync)
                        _missed = true;
                    else if (item.EventType == DocumentEvents.Closed)
                        wait = TimeSpan.FromSeconds(JsonSerializer.Deserialize(item.Data, ContractsJson.Default.ClosedFeed)!.RetryAfter);
                }
            }
            catch (Exception exception) when (exception is ApiException or HttpRequestException or IOException or JsonException)
            {
                // the look-ups go on meanwhile
            }
            _followed = false;
            await Task.Delay(wait, time, cancellationToken);
        }
    }

    private async Task AskAsync(CancellationToken cancellationToken)
    {
        using var timer = new PeriodicTimer(AskEvery, time);
        var asked = time.GetTimestamp();
        while (await timer.WaitForNextTickAsync(cancellationToken))
        {
            if (_followed && !_missed && time.GetElapsedTime(asked) < AskEveryWithFeed)
                continue;
            _missed = false;
            asked = time.GetTimestamp();
            foreach (var paths in tally.InProgress.Chunk(DocumentLookup.MaxPaths))
                await TryAskAsync(paths, cancellationToken);
        }
    }

    private async Task TryAskAsync(string[] paths, CancellationToken cancellationToken)
    {
        try
        {
            foreach (var (path, info) in paths.Zip(await gateway.LookUpAsync(paths, cancellationToken)))
            {
                if (info is null)
                    tally.LoseSight(path);
                else
                    tally.See(info);
            }
        }
        catch (Exception exception) when (exception is ApiException or HttpRequestException or IOException)
        {
            _missed = true; // looked up again at the next tick
        }
    }
}
