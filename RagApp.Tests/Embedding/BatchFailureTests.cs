using Microsoft.Extensions.Diagnostics.Metrics.Testing;
using RagApp.Contracts.Http;
using RagApp.Embedding;
using RagApp.Models.Errors;
using RagApp.Tests.TestServices;

namespace RagApp.Tests.Embedding;

/// <summary>Requests that share calls to a provider, when some are refused, fail or are cancelled.</summary>
public sealed class BatchFailureTests : IAsyncLifetime
{
    private BatchingUnderTest _batching = null!;

    public async ValueTask InitializeAsync() => _batching = await BatchingUnderTest.StartAsync();

    public ValueTask DisposeAsync() => _batching.DisposeAsync();

    [Fact]
    public async Task Generate_MoreThanTheQueueHolds_IsA429WithRetryAfterAndLeavesTheOthers()
    {
        var generator = _batching.Create(new BatchingSettings { BatchWait = TimeSpan.FromMilliseconds(5), QueueCapacity = 3 });
        var waiting = BatchingUnderTest.EmbedAsync(generator, "acme", ["a", "b"]);

        var refusal = await Should.ThrowAsync<ProblemException>(BatchingUnderTest.EmbedAsync(generator, "globex", ["c", "d"]));

        ((int)refusal.Status, refusal.RetryAfter).ShouldBe((429, TimeSpan.FromSeconds(5)));
        _batching.Time.Advance(TimeSpan.FromMilliseconds(5));
        (await waiting).Count.ShouldBe(2);
        _batching.Server.Calls.ShouldHaveSingleItem().Texts.ShouldBe(["a", "b"]);
    }

    [Fact]
    public async Task Generate_CancelledWhileItWaits_IsNotSent()
    {
        var generator = _batching.Create(new BatchingSettings { BatchWait = TimeSpan.FromMilliseconds(5) });
        using var leaving = new CancellationTokenSource();
        var left = BatchingUnderTest.EmbedAsync(generator, "acme", ["left"], cancellation: leaving.Token);
        var stays = BatchingUnderTest.EmbedAsync(generator, "globex", ["stays"]);

        await leaving.CancelAsync();
        await Should.ThrowAsync<OperationCanceledException>(left);
        _batching.Time.Advance(TimeSpan.FromMilliseconds(5));
        await stays;

        _batching.Server.Calls.ShouldHaveSingleItem().Texts.ShouldBe(["stays"]);
    }

    [Fact]
    public async Task Generate_AllCallersOfACallLeave_TheCallEnds()
    {
        var generator = _batching.Create(new BatchingSettings { BatchWait = TimeSpan.FromMilliseconds(5) });
        _batching.Server.Hold();
        using var first = new CancellationTokenSource();
        using var second = new CancellationTokenSource();
        Task[] all = [BatchingUnderTest.EmbedAsync(generator, "acme", ["a"], cancellation: first.Token), BatchingUnderTest.EmbedAsync(generator, "globex", ["b"], cancellation: second.Token)];
        _batching.Time.Advance(TimeSpan.FromMilliseconds(5));
        await Eventually.HoldsAsync(() => _batching.Server.Calls.Count == 1);

        await first.CancelAsync();
        await Should.ThrowAsync<OperationCanceledException>(all[0]);
        _batching.Server.Abandoned.ShouldBe(0, "the other caller still waits");
        await second.CancelAsync();

        await Should.ThrowAsync<OperationCanceledException>(all[1]);
        await Eventually.HoldsAsync(() => _batching.Server.Abandoned == 1);
    }

    [Fact]
    public async Task Generate_OneTextIsTooLongForTheProvider_FailsAlone()
    {
        using var calls = new MetricCollector<long>(_batching.Meters, Telemetry.Name, Telemetry.Metrics.ProviderCalls);
        var generator = _batching.Create(new BatchingSettings { BatchWait = TimeSpan.FromMilliseconds(5) });
        _batching.Server.LongestText = 20;
        var good = Enumerable.Range(0, 6).Select(number => BatchingUnderTest.EmbedAsync(generator, $"tenant-{number}", [new string('a', number + 1)])).ToArray();
        var bad = BatchingUnderTest.EmbedAsync(generator, "acme", [new string('a', 21)]);

        _batching.Time.Advance(TimeSpan.FromMilliseconds(5));

        (await Should.ThrowAsync<ModelException>(bad)).Error.ShouldBe(ModelError.ContextExceeded);
        (await Task.WhenAll(good)).Select(answer => BatchingUnderTest.Lengths(answer).Single()).ShouldBe([1, 2, 3, 4, 5, 6]);
        calls.GetMeasurementSnapshot().CountBy(call => (string)call.Tags[Telemetry.Tags.CallResult]!)
            .ShouldBe([new("divided", 3), new("answered", 3), new("failed", 1)], ignoreOrder: true); // of 7, 4 and 2 texts
    }

    [Fact]
    public async Task Generate_TextTooLongForTheProviderInWindows_NothingIsCutOut()
    {
        var generator = _batching.Create(new BatchingSettings());
        _batching.Server.LongestText = 60;
        var words = string.Join(' ', Enumerable.Repeat("word", 40));

        var answer = await BatchingUnderTest.EmbedAsync(generator, "acme", ["short", $"q: {words}"], windowPrefix: "q: ");

        answer.Count.ShouldBe(2);
        answer[1].Vector.ToArray().Sum(x => x * x).ShouldBe(1, 1e-5);
        var windows = _batching.Server.Calls.SelectMany(call => call.Texts).Where(text => text.Length <= 60 && text != "short").ToList();
        windows.ShouldAllBe(window => window.StartsWith("q: ", StringComparison.Ordinal));
        windows.Sum(window => window.Split(' ', StringSplitOptions.RemoveEmptyEntries).Length - 1).ShouldBe(40);
    }

    [Fact]
    public async Task Generate_ACallFails_FailsOnlyItsCallers()
    {
        var generator = _batching.Create(new BatchingSettings { BatchSize = 1, Calls = 1 });
        _batching.Server.Hold();
        _batching.Server.Status = 500;
        var first = BatchingUnderTest.EmbedAsync(generator, "acme", ["a"]);
        await Eventually.HoldsAsync(() => _batching.Server.Calls.Count == 1);
        var second = BatchingUnderTest.EmbedAsync(generator, "globex", ["b"]);

        _batching.Server.Release(1);
        (await Should.ThrowAsync<ModelException>(first)).Error.ShouldBe(ModelError.Unavailable);
        _batching.Server.Status = 200;
        _batching.Server.Release(1);

        (await second).Count.ShouldBe(1);
    }

    [Fact]
    public async Task Generate_RateLimited_NoCallBeforeTheProvidersTime()
    {
        var generator = _batching.Create(new BatchingSettings());
        _batching.Server.Status = 429;
        (await Should.ThrowAsync<ModelException>(BatchingUnderTest.EmbedAsync(generator, "acme", ["a"]))).RetryAfter.ShouldBe(TimeSpan.FromSeconds(7));
        _batching.Server.Status = 200;

        _batching.Time.Advance(TimeSpan.FromSeconds(5));
        var refusal = await Should.ThrowAsync<ModelException>(BatchingUnderTest.EmbedAsync(generator, "globex", ["b"]));

        (refusal.Error, refusal.RetryAfter).ShouldBe((ModelError.Busy, TimeSpan.FromSeconds(2)));
        _batching.Server.Calls.ShouldHaveSingleItem();
        _batching.Time.Advance(TimeSpan.FromSeconds(2));
        (await BatchingUnderTest.EmbedAsync(generator, "globex", ["b"])).Count.ShouldBe(1);
    }

    [Theory]
    [InlineData("""{"embeddings":[[1,0,0,0]]}""", "2 texts with 1 vectors")]
    [InlineData("""{"embeddings":[[1,0,0],[1,0,0]]}""", "3 numbers, Embedding:Provider:Dimension says 4")]
    [InlineData("""{"embeddings":[[0,0,0,0],[1,0,0,0]]}""", "no direction")]
    [InlineData("""{"embeddings":null}""", "cannot be read")]
    public async Task Generate_AnswerDoesNotFit_SaysWhy(string answer, string said)
    {
        var generator = _batching.Create(new BatchingSettings());
        _batching.Server.Says = answer;

        var failure = await Should.ThrowAsync<ModelException>(BatchingUnderTest.EmbedAsync(generator, "acme", ["a", "b"]));

        failure.Error.ShouldBe(ModelError.BadAnswer);
        failure.Message.ShouldContain(said);
    }
}
