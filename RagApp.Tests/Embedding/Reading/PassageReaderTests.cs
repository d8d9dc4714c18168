using System.Diagnostics.Metrics;
using System.Net;
using Microsoft.Extensions.Diagnostics.Metrics.Testing;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Time.Testing;
using RagApp.Contracts.Embeddings;
using RagApp.Contracts.Http;
using RagApp.Contracts.Reading;
using RagApp.Embedding;
using RagApp.Embedding.Embedded;
using RagApp.Embedding.Reading;
using RagApp.Embedding.Scheduling;
using RagApp.Tests.TestServices;
using static Microsoft.Extensions.Options.Options;
using static RagApp.Tests.Embedding.EmbeddingUnderTest;

namespace RagApp.Tests.Embedding.Reading;

/// <summary>Order and limits of reading. No runner is started: the tests take the runs from the queue and end them.</summary>
public sealed class PassageReaderTests : IDisposable
{
    private const double Enough = 0.9;

    private readonly FakeTimeProvider _time = new();
    private readonly IMeterFactory _meters = Meters.Factory();
    private readonly ReaderOptions _options = new();
    private readonly EmbeddedReader _reader = new(ReaderFolder.Open(ReferenceText.ModelPath), ExecutionProvider.Cpu);
    private readonly RunQueue _queue;
    private readonly RunScheduler _scheduler;
    private readonly PassageReader _passages;

    public PassageReaderTests()
    {
        var scheduling = Create(new SchedulingOptions { InteractiveCapacity = 8 });
        var telemetry = new Telemetry(_meters);
        _queue = new RunQueue(scheduling);
        _scheduler = new RunScheduler(_queue, scheduling, _time, telemetry, NullLogger<RunScheduler>.Instance);
        _passages = new PassageReader(_reader, _scheduler, Create(_options), _time, telemetry);
    }

    private int Waiting => _queue.CountOf(EmbeddingPriority.Interactive);

    public void Dispose()
    {
        _scheduler.Dispose();
        _queue.Dispose();
        _reader.Dispose();
        _meters.Dispose();
    }

    [Fact]
    public async Task Read_NoneIsEnough_ReadsAll()
    {
        var reading = ReadAsync(Cancellation, "one", "two", "three");

        EndNext(sure: false);
        EndNext(sure: false);
        EndNext(sure: false);

        (await reading).Passages.Select(passage => passage.Index).ShouldBe([0, 1, 2]);
    }

    [Fact]
    public async Task Read_OneIsEnough_TheOthersNoLongerWait()
    {
        using var counted = new MetricCollector<long>(_meters, Telemetry.Name, Telemetry.Metrics.Passages);
        var reading = ReadAsync(Cancellation, "one", "two", "three", "four");
        EndNext(sure: false);

        EndNext(sure: true);

        var read = await reading;
        read.Passages.Select(passage => passage.Index).ShouldBe([0, 1]);
        read.Passages[1].Probability.ShouldBeGreaterThan(Enough);
        Waiting.ShouldBe(0);
        counted.GetMeasurementSnapshot().Select(measured => (measured.Tags[Telemetry.Tags.Passage], measured.Value)).ShouldBe([("read", 2), ("cached", 0), ("left_out", 2)]);
    }

    /// <summary>The passages of a question are queued together, so that a second question does not delay the first.</summary>
    [Fact]
    public async Task Read_SecondQuestion_WaitsForTheFirstOnesPassages()
    {
        var first = ReadAsync(Cancellation, "one", "two");
        var second = ReadAsync(Cancellation, "one", "two");

        EndNext(sure: false);
        EndNext(sure: false);

        (await first).Passages.Count.ShouldBe(2);
        second.IsCompleted.ShouldBeFalse();
        Waiting.ShouldBe(2);
    }

    [Fact]
    public async Task Read_BulkWorkWaits_PassagesGoFirst()
    {
        _ = _scheduler.Enqueue(new ControlledRunner(), [[1]], "acme", EmbeddingPriority.Bulk, Cancellation);
        var reading = ReadAsync(Cancellation, "one", "two");

        EndNext(sure: false);
        EndNext(sure: false);

        (await reading).Passages.Count.ShouldBe(2);
        _queue.CountOf(EmbeddingPriority.Bulk).ShouldBe(1);
    }

    [Fact]
    public async Task Read_CallerGoesAway_ItsPassagesNoLongerWait()
    {
        using var caller = new CancellationTokenSource();
        var reading = ReadAsync(caller.Token, "one", "two", "three");
        EndNext(sure: false);

        await caller.CancelAsync();

        await Should.ThrowAsync<OperationCanceledException>(() => reading);
        Waiting.ShouldBe(0);
    }

    [Fact]
    public async Task Read_LaneFull_IsRefusedWhole()
    {
        _ = ReadAsync(Cancellation, "one", "two", "three", "four", "five", "six", "seven");

        var failure = await Should.ThrowAsync<ProblemException>(() => ReadAsync(Cancellation, "one", "two"));

        failure.Status.ShouldBe(HttpStatusCode.TooManyRequests);
        failure.RetryAfter.ShouldBe(TimeSpan.FromSeconds(5));
        Waiting.ShouldBe(7);
    }

    [Fact]
    public async Task Read_TimeIsUp_AnswersWithWhatWasRead()
    {
        var reading = ReadAsync(Cancellation, "one", "two", "three");
        EndNext(sure: false);

        _time.Advance(_options.MaxTime);

        (await reading).Passages.ShouldHaveSingleItem().Index.ShouldBe(0);
        Waiting.ShouldBe(0);
    }

    [Fact]
    public async Task Read_TimeIsUpBeforeTheFirst_Is429WithRetryAfter()
    {
        var reading = ReadAsync(Cancellation, "one", "two");

        _time.Advance(_options.MaxTime);

        var failure = await Should.ThrowAsync<ProblemException>(() => reading);
        failure.Status.ShouldBe(HttpStatusCode.TooManyRequests);
        failure.RetryAfter.ShouldBe(TimeSpan.FromSeconds(5));
    }

    [Fact]
    public async Task Read_MoreTokensThanAllowed_LastPassagesAreLeftOut()
    {
        _options.MaxTokens = 384;
        var reading = ReadAsync(Cancellation, string.Join(' ', Enumerable.Repeat("word", 300)), "short", string.Join(' ', Enumerable.Repeat("word", 300)), "short");

        EndNext(sure: false);
        EndNext(sure: false);

        (await reading).Passages.Select(passage => passage.Index).ShouldBe([0, 1]);
    }

    [Fact]
    public async Task Read_RunFails_TheOthersNoLongerWait()
    {
        var reading = ReadAsync(Cancellation, "one", "two");

        _queue.Take(Cancellation).Fail(new InvalidOperationException("broken"));

        (await Should.ThrowAsync<InvalidOperationException>(() => reading)).Message.ShouldBe("broken");
        Waiting.ShouldBe(0);
    }

    [Fact]
    public async Task Read_LongPassage_IsReadInWindowsOfWhichTheBestCounts()
    {
        var reading = ReadAsync(Cancellation, string.Join(' ', Enumerable.Repeat("word", 500)));
        Waiting.ShouldBe(2);

        EndNext(sure: false);
        EndNext(sure: true);

        (await reading).Passages.ShouldHaveSingleItem().Probability.ShouldBeGreaterThan(Enough);
    }

    private Task<ReadResponse> ReadAsync(CancellationToken cancellationToken, params string[] texts) =>
        _passages.ReadAsync(Alice, new ReadRequest("Who?", [.. texts.Select(text => new PassageToRead("", text))], Enough), cancellationToken);

    /// <summary>Ends the next run with the logits of a passage whose every token answers the question for sure, or surely not.</summary>
    private void EndNext(bool sure)
    {
        var run = _queue.Take(Cancellation);
        var tokens = run.Tokens.Length;
        var logits = Enumerable.Repeat(sure ? 20f : -20f, (2 * tokens) + 1).ToArray();
        (logits[0], logits[tokens]) = (0, 0); // "no answer" stands at the first token
        run.Complete(logits);
    }
}
