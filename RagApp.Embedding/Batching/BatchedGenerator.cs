using System.Diagnostics;
using Microsoft.Extensions.AI;
using RagApp.Embedding.Scheduling;
using RagApp.Embedding.Serving;

namespace RagApp.Embedding.Batching;

/// <summary>Embeds the texts of a request in calls that they share with the texts of other requests.</summary>
internal sealed class BatchedGenerator : DelegatingEmbeddingGenerator<string, Embedding<float>>
{
    private readonly TimeProvider _time;
    private readonly ProviderQueue _queue;

    /// <param name="provider">Generator whose calls are one request each.</param>
    public BatchedGenerator(
        IEmbeddingGenerator<string, Embedding<float>> provider, string model, BatchLimits limits, TimeProvider time, Telemetry telemetry)
        : base(provider)
    {
        _time = time;
        _queue = new ProviderQueue(limits, time, new ProviderCalls(provider, model, time, telemetry).RunAsync);
        telemetry.ObserveProvider(model, _queue.CountOf);
    }

    public override async Task<GeneratedEmbeddings<Embedding<float>>> GenerateAsync(
        IEnumerable<string> values, EmbeddingGenerationOptions? options = null, CancellationToken cancellationToken = default)
    {
        var work = EmbeddingWork.Of(options);
        var (now, request) = (_time.GetTimestamp(), Activity.Current?.Context ?? default);
        var texts = values.Select(text => new WaitingText(text, work, now, request)).ToArray();
        if (!_queue.TryAdd(texts, work.Priority))
            throw LaneFull.Refuse(texts.Length);

        await using var removal = cancellationToken.Register(() => _queue.Cancel(texts, work.Priority, cancellationToken));
        var embedded = await EmbeddedAsync(texts, work, cancellationToken);
        var tokens = embedded.Sum(text => text.Tokens);
        return new GeneratedEmbeddings<Embedding<float>>(embedded.Select(text => new Embedding<float>(text.Vector)))
        {
            Usage = new UsageDetails { InputTokenCount = tokens, TotalTokenCount = tokens },
        };
    }

    private static async Task<EmbeddedText[]> EmbeddedAsync(WaitingText[] texts, EmbeddingWork work, CancellationToken cancellationToken)
    {
        try
        {
            return await Task.WhenAll(texts.Select(text => text.Output));
        }
        catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
        {
            work.LeftBehind = Task.WhenAll(texts.Select(text => text.Batch).OfType<TextBatch>().Distinct().Select(batch => batch.Ended));
            throw;
        }
    }

    protected override void Dispose(bool disposing)
    {
        if (disposing)
            _queue.Dispose();
        base.Dispose(disposing);
    }
}
