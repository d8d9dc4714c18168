using System.Diagnostics;
using Microsoft.Extensions.AI;
using RagApp.Models.Errors;

namespace RagApp.Embedding.Batching;

/// <summary>
/// Makes the calls to a provider's model. A call that fails fails its own texts only. When the provider refuses a call for its length,
/// each half is sent again, until the text that is too long is alone. It then fails alone, or is embedded in windows if its request
/// wants that.
/// </summary>
internal sealed class ProviderCalls(
    IEmbeddingGenerator<string, Embedding<float>> provider, string model, TimeProvider time, Telemetry telemetry)
{
    /// <summary>Completes every text of <paramref name="batch"/>; never throws.</summary>
    public async Task RunAsync(TextBatch batch)
    {
        using var activity = StartActivity(batch);
        foreach (var text in batch.Texts)
            telemetry.TextSent(model, text.Work.Priority, time.GetElapsedTime(text.Queued));
        await EmbedAsync(batch.Texts, batch);
    }

    private async Task EmbedAsync(IReadOnlyList<WaitingText> texts, TextBatch batch)
    {
        var wanted = texts.Where(text => text.IsWanted).ToArray();
        if (wanted.Length == 0)
            return;
        try
        {
            var answer = await provider.GenerateAsync(wanted.Select(text => text.Text), batch.Options, batch.Unwanted);
            telemetry.ProviderCalled(model, batch.Work.Priority, wanted.Length, Telemetry.CallResult.Answered);
            Deliver(wanted, answer);
        }
        catch (ModelException refusal) when (refusal.Error == ModelError.ContextExceeded && wanted.Length > 1)
        {
            telemetry.ProviderCalled(model, batch.Work.Priority, wanted.Length, Telemetry.CallResult.Divided);
            await EmbedAsync(wanted[..(wanted.Length / 2)], batch);
            await EmbedAsync(wanted[(wanted.Length / 2)..], batch);
        }
        catch (ModelException refusal) when (refusal.Error == ModelError.ContextExceeded && wanted[0].Halves() is { } halves)
        {
            telemetry.ProviderCalled(model, batch.Work.Priority, wanted.Length, Telemetry.CallResult.Divided);
            await EmbedAsync([halves.First], batch);
            await EmbedAsync([halves.Second], batch);
            await wanted[0].CompleteAsync(halves.First, halves.Second);
        }
        catch (Exception exception)
        {
            telemetry.ProviderCalled(model, batch.Work.Priority, wanted.Length, Telemetry.CallResult.Failed);
            foreach (var text in wanted)
                text.Fail(exception);
        }
    }

    /// <summary>Gives each text its vector, and its share of the tokens by its size.</summary>
    private static void Deliver(WaitingText[] texts, GeneratedEmbeddings<Embedding<float>> answer)
    {
        var tokens = answer.Usage?.InputTokenCount ?? 0;
        var characters = Math.Max(1, texts.Sum(text => (long)text.Text.Length));
        long passed = 0;
        for (var at = 0; at < texts.Length; at++)
        {
            // Shares are differences of rounded sums, so that they add up to the whole.
            var before = tokens * passed / characters;
            passed += texts[at].Text.Length;
            var share = (tokens * passed / characters) - before;
            texts[at].Work.AddUsed(share);
            texts[at].Complete(new EmbeddedText(answer[at].Vector, share));
        }
    }

    /// <summary>The span of a call is part of the request when there is only one, and linked to all of several.</summary>
    private static Activity? StartActivity(TextBatch batch)
    {
        var requests = batch.Texts.Select(text => text.Request).Distinct().ToArray();
        return Spans.Source.StartActivity(
                Spans.Stages.Call, ActivityKind.Internal, requests.Length == 1 ? requests[0] : default,
                links: requests.Length == 1 ? [] : requests.Select(request => new ActivityLink(request)))
            ?.SetTag(Spans.Tags.Texts, batch.Texts.Count)
            .SetTag(Spans.Tags.Requests, requests.Length)
            .SetTag(Spans.Tags.Lane, Telemetry.LaneName(batch.Work.Priority));
    }
}
