using Microsoft.Extensions.Diagnostics.Metrics.Testing;
using RagApp.Contracts.Embeddings;
using RagApp.Embedding;
using RagApp.Embedding.Batching;
using RagApp.Models;
using RagApp.Tests.TestServices;

namespace RagApp.Tests.Embedding;

/// <summary>Requests that share calls to a provider, and their order.</summary>
public sealed class BatchedGeneratorTests : IAsyncLifetime
{
    private BatchingUnderTest _batching = null!;

    public async ValueTask InitializeAsync() => _batching = await BatchingUnderTest.StartAsync();

    public ValueTask DisposeAsync() => _batching.DisposeAsync();

    [Fact]
    public async Task Generate_RequestsOfSeveralTenantsAtOnce_ShareOneCallShortestFirst()
    {
        var generator = _batching.Create(new BatchingSettings { BatchWait = TimeSpan.FromMilliseconds(5) });

        var first = BatchingUnderTest.EmbedAsync(generator, "acme", ["three letters", "x"]);
        var second = BatchingUnderTest.EmbedAsync(generator, "globex", ["a longer text than that"]);
        _batching.Server.Calls.ShouldBeEmpty("texts wait for others");
        _batching.Time.Advance(TimeSpan.FromMilliseconds(5));

        BatchingUnderTest.Lengths(await first).ShouldBe([13, 1]);
        BatchingUnderTest.Lengths(await second).ShouldBe([23]);
        _batching.Server.Calls.ShouldHaveSingleItem().Texts.ShouldBe(["x", "three letters", "a longer text than that"]);
        ((await first).Usage!.InputTokenCount, (await second).Usage!.InputTokenCount).ShouldBe((14, 23));
    }

    [Fact]
    public async Task Generate_EnoughTextsForACall_DoNotWait()
    {
        var generator = _batching.Create(new BatchingSettings { BatchSize = 2, BatchWait = TimeSpan.FromSeconds(1) });

        await BatchingUnderTest.EmbedAsync(generator, "acme", ["a", "b"]);

        _batching.Server.Calls.ShouldHaveSingleItem();
    }

    [Fact]
    public async Task Generate_MoreTokensThanACallTakes_AreDivided()
    {
        var generator = _batching.Create(new BatchingSettings { BatchTokens = 1024, Calls = 1 });

        await BatchingUnderTest.EmbedAsync(generator, "acme", [.. Enumerable.Range(0, 5).Select(_ => new string('a', 1500))]);

        _batching.Server.Calls.Select(call => call.Texts.Count).ShouldBe([2, 2, 1]);
    }

    [Fact]
    public async Task Generate_QuestionMeetsBulk_GoesNext()
    {
        var generator = _batching.Create(new BatchingSettings { BatchSize = 1, Calls = 1 });
        _batching.Server.Hold();
        var bulk = BatchingUnderTest.EmbedAsync(generator, "acme", ["1", "22", "333"], ModelPriority.Bulk);
        await Eventually.HoldsAsync(() => _batching.Server.Calls.Count == 1);

        var question = BatchingUnderTest.EmbedAsync(generator, "acme", ["a question"]);
        _batching.Server.Release(1);
        await Eventually.HoldsAsync(() => _batching.Server.Calls.Count == 2);

        _batching.Server.Calls.Last().Texts.ShouldBe(["a question"]);
        _batching.Server.Release(3);
        await Task.WhenAll(bulk, question);
    }

    [Fact]
    public async Task Generate_BulkHoldsItsCalls_OneIsLeftToQuestions()
    {
        var generator = _batching.Create(new BatchingSettings { BatchSize = 1, Calls = 2 });
        _batching.Server.Hold();
        var bulk = BatchingUnderTest.EmbedAsync(generator, "acme", ["1", "22", "333"], ModelPriority.Bulk);
        await Eventually.HoldsAsync(() => _batching.Server.Calls.Count == 1);

        var question = BatchingUnderTest.EmbedAsync(generator, "acme", ["a question"]);
        await Eventually.HoldsAsync(() => _batching.Server.Calls.Count == 2);

        _batching.Server.Calls.Last().Texts.ShouldBe(["a question"]);
        _batching.Server.Release(4);
        await Task.WhenAll(bulk, question);
    }

    [Fact]
    public async Task Generate_QuestionsNeverLetUp_BulkGetsItsShare()
    {
        var generator = _batching.Create(new BatchingSettings { BatchSize = 1, Calls = 1 });
        _batching.Server.Hold();
        var questions = BatchingUnderTest.EmbedAsync(generator, "acme", [.. Enumerable.Repeat("a question", 2 * ProviderQueue.BulkShare)]);
        var bulk = BatchingUnderTest.EmbedAsync(generator, "acme", ["bulk"], ModelPriority.Bulk);

        _batching.Server.Release(ProviderQueue.BulkShare + 1);
        await bulk;

        questions.IsCompleted.ShouldBeFalse();
        _batching.Server.Release(2 * ProviderQueue.BulkShare);
        await questions;
    }

    [Fact]
    public async Task Generate_OneTenantHasMuch_TheOtherSharesEveryCall()
    {
        var generator = _batching.Create(new BatchingSettings { BatchSize = 2, Calls = 1 });
        _batching.Server.Hold();
        var first = BatchingUnderTest.EmbedAsync(generator, "acme", ["first", "first"], ModelPriority.Bulk);
        await Eventually.HoldsAsync(() => _batching.Server.Calls.Count == 1);

        var much = BatchingUnderTest.EmbedAsync(generator, "acme", ["a", "a", "a", "a"], ModelPriority.Bulk);
        var little = BatchingUnderTest.EmbedAsync(generator, "globex", ["bb", "bb"], ModelPriority.Bulk);
        _batching.Server.Release(10);
        await Task.WhenAll(first, much, little);

        _batching.Server.Calls.Skip(1).Select(call => string.Join(' ', call.Texts)).ShouldBe(["a bb", "a bb", "a a"]);
    }

    [Fact]
    public async Task Generate_TenantsOfTwoRegionsAndTwoInputTypes_NeverShareACall()
    {
        var generator = _batching.Create(new BatchingSettings { BatchWait = TimeSpan.FromMilliseconds(5) });

        var all = Task.WhenAll(
            BatchingUnderTest.EmbedAsync(generator, "acme", ["in the eu"], region: "eu"),
            BatchingUnderTest.EmbedAsync(generator, "globex", ["anywhere"]),
            BatchingUnderTest.EmbedAsync(generator, "globex", ["a passage"], type: EmbeddingInputType.Passage));
        _batching.Time.Advance(TimeSpan.FromMilliseconds(5));
        await all;

        _batching.Server.Calls.Select(call => call.Texts.ShouldHaveSingleItem()).ShouldBe(["in the eu", "anywhere", "a passage"], ignoreOrder: true);
    }

    [Fact]
    public async Task Generate_TextsWait_AreCountedByLane()
    {
        using var depth = new MetricCollector<int>(_batching.Meters, Telemetry.Name, Telemetry.Metrics.ProviderQueueDepth);
        var generator = _batching.Create(new BatchingSettings { BatchWait = TimeSpan.FromMilliseconds(5) });
        var waiting = BatchingUnderTest.EmbedAsync(generator, "acme", ["a", "b"], ModelPriority.Bulk);

        depth.RecordObservableInstruments();

        depth.GetMeasurementSnapshot().Single(measurement => measurement.Tags[Spans.Tags.Lane] is "bulk").Value.ShouldBe(2);
        _batching.Time.Advance(TimeSpan.FromMilliseconds(5));
        await waiting;
    }
}
