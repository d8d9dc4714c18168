using System.Diagnostics;
using System.Net;
using Microsoft.Extensions.Options;
using RagApp.Contracts.Embeddings;
using RagApp.Contracts.Http;
using RagApp.Contracts.Identity;
using RagApp.Contracts.Reading;
using RagApp.Embedding.Scheduling;

namespace RagApp.Embedding.Reading;

/// <summary>
/// Reads the passages of a question: 1. takes the readings that are in the cache; 2. queues the other passages together, in the lane
/// of questions, up to the limit of tokens; 3. waits for them in their order, until one is enough or the time is up, and removes the
/// runs that still wait; 4. caches what was read.
/// </summary>
/// <param name="cache">Null when there is no cache.</param>
internal sealed class PassageReader(
    EmbeddedReader reader, RunScheduler scheduler, IOptions<ReaderOptions> options, TimeProvider time, Telemetry telemetry, ReadingCache? cache = null)
{
    /// <summary>Retry-After of a question none of whose passages was read in time.</summary>
    private static readonly TimeSpan RetryAfter = TimeSpan.FromSeconds(5);

    /// <exception cref="ProblemException">429: the lane has no room, or no passage was read in time.</exception>
    public async Task<ReadResponse> ReadAsync(Principal principal, ReadRequest request, CancellationToken cancellationToken)
    {
        using var activity = Spans.Source.StartActivity(Spans.Stages.Read)?.SetTag(Spans.Tags.Texts, request.Passages.Count);
        var kept = cache is null
            ? new WindowReading?[request.Passages.Count]
            : await cache.FindAsync(reader.Description.Id, principal.Tenant, request, cancellationToken); // 1
        var read = await ReadMissingAsync(principal.Tenant, request, kept, cancellationToken);
        if (cache is not null)
            await cache.KeepAsync(reader.Description.Id, principal.Tenant, request, read.Select(pair => (pair.Key, pair.Value)), cancellationToken); // 4

        var all = kept.Index().Where(item => item.Item is not null).Select(item => (item.Index, Reading: item.Item!))
            .Concat(read.Select(pair => (Index: pair.Key, Reading: pair.Value)))
            .OrderBy(item => item.Index).ToList();
        Count(activity, read.Count, all.Count, request.Passages.Count);
        return all.Count > 0
            ? new ReadResponse(reader.Description.Id, all.ConvertAll(item => new ReadPassage(item.Index, ProbabilityOf(item.Reading), item.Reading.Spans)))
            : throw new ProblemException(HttpStatusCode.TooManyRequests, $"No passage was read within {options.Value.MaxTime}: too much work waits. Try again after the time in Retry-After.")
            {
                RetryAfter = RetryAfter,
            };
    }

    private async Task<Dictionary<int, WindowReading>> ReadMissingAsync(
        string tenant, ReadRequest request, WindowReading?[] kept, CancellationToken cancellationToken)
    {
        using var timeUp = new CancellationTokenSource(options.Value.MaxTime, time);
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken, timeUp.Token);
        var enoughAt = kept.Index().FirstOrDefault(item => IsEnough(item.Item, request.Enough), (Index: kept.Length, null)).Index;
        var queued = Queue(tenant, request, Enumerable.Range(0, enoughAt).Where(index => kept[index] is null), stop.Token);
        var read = new Dictionary<int, WindowReading>();
        try
        {
            foreach (var (index, reading) in queued) // 3
            {
                read[index] = await reading;
                if (IsEnough(read[index], request.Enough))
                    break;
            }
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested && timeUp.IsCancellationRequested)
        {
            // The answer is made of what was read in the time.
        }
        finally
        {
            await stop.CancelAsync();
        }
        foreach (var (index, reading) in queued.Where(one => one.Reading.IsCompletedSuccessfully))
            read[index] = await reading;
        return read;
    }

    /// <summary>Queues the passages at <paramref name="indices"/> in their order, as many as the limit of tokens allows, but at least one.</summary>
    private List<(int Index, Task<WindowReading> Reading)> Queue(string tenant, ReadRequest request, IEnumerable<int> indices, CancellationToken stop) // 2
    {
        var tokens = 0;
        var chosen = indices
            .Select(index => (Index: index, Windows: reader.Windows(request.Question, request.Passages[index].Context, request.Passages[index].Text)))
            .TakeWhile((passage, at) => (tokens += passage.Windows.Sum(window => window.Tokens.Length)) <= options.Value.MaxTokens || at == 0)
            .ToList();
        var runs = scheduler.Enqueue(reader, [.. chosen.SelectMany(passage => passage.Windows).Select(window => window.Tokens)], tenant, EmbeddingPriority.Interactive, stop);
        var queued = new List<(int, Task<WindowReading>)>();
        var next = 0;
        foreach (var (index, windows) in chosen)
        {
            queued.Add((index, ReadAsync(windows, [.. runs.Skip(next).Take(windows.Count)])));
            next += windows.Count;
        }
        return queued;
    }

    /// <summary>Reads the windows of one passage; the best one counts.</summary>
    private async Task<WindowReading> ReadAsync(IReadOnlyList<PassageWindow> windows, Task<float[]>[] runs)
    {
        var outputs = await Task.WhenAll(runs);
        return WindowReading.Best(windows.Select((window, i) => reader.Interpret(window, outputs[i])));
    }

    private bool IsEnough(WindowReading? reading, double? enough) => reading is not null && ProbabilityOf(reading) >= enough;

    private double ProbabilityOf(WindowReading reading) => reader.Calibration.Probability(reading);

    private void Count(Activity? activity, int read, int all, int asked)
    {
        activity?.SetTag(Spans.Tags.Passages, read).SetTag(Spans.Tags.Hits, all - read).SetTag(Spans.Tags.PassagesLeftOut, asked - all);
        telemetry.PassagesRead(read, cached: all - read, leftOut: asked - all);
    }
}
