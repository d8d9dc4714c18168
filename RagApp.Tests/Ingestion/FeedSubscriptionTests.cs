using System.IO.Pipelines;
using System.Text;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Time.Testing;
using RagApp.Contracts.Documents;
using RagApp.Ingestion.Feed;
using RagApp.Ingestion.Intake;
using RagApp.Storage.Documents.Manifests;
using static RagApp.Tests.Ingestion.IngestionService;

namespace RagApp.Tests.Ingestion;

public sealed class FeedSubscriptionTests
{
    private static readonly FakeTimeProvider Time = new();

    [Fact]
    public async Task Take_SeveralChangesOfADocument_IsTheLastOnly()
    {
        using var subscription = new FeedSubscription(Alice, Time, _ => { });
        await subscription.TakeAsync(TimeSpan.Zero, Cancellation);

        subscription.Offer(Change("a", done: 1));
        subscription.Offer(Change("b", done: 0));
        subscription.Offer(Change("a", done: 2));
        var taken = await subscription.TakeAsync(TimeSpan.Zero, Cancellation);

        taken.Select(next => next.Name).ShouldBe([DocumentEvents.Changed, DocumentEvents.Changed]);
        taken[0].Data.ShouldContain("\"done\":2");
    }

    [Fact]
    public async Task Take_MoreThanIsKept_SaysThatChangesWereMissed()
    {
        using var subscription = new FeedSubscription(Alice, Time, _ => { });
        await subscription.TakeAsync(TimeSpan.Zero, Cancellation);

        for (var i = 0; i <= FeedSubscription.Capacity; i++)
            subscription.Offer(Change($"d{i}", done: 0));
        subscription.Offer(Change("last", done: 0));
        var taken = await subscription.TakeAsync(TimeSpan.Zero, Cancellation);

        taken.Select(next => next.Name).ShouldBe([DocumentEvents.Resync, DocumentEvents.Changed]);
        taken[1].Data.ShouldContain("last");
    }

    [Fact]
    public async Task Write_NothingHappens_SendsCommentsAndEndsWhenItIsOld()
    {
        var time = new FakeTimeProvider();
        var options = new FeedOptions();
        var pipe = new Pipe();
        var context = new DefaultHttpContext();
        context.Response.Body = pipe.Writer.AsStream();

        var writing = new FeedResult(new FeedSubscription(Alice, time, _ => { }), options, time).ExecuteAsync(context);
        (await ReadAsync(pipe, "\n\n")).ShouldBe("event: resync\ndata: {}\n\n");
        time.Advance(options.Heartbeat);
        (await ReadAsync(pipe, "\n\n")).ShouldBe(":\n\n");
        time.Advance(options.Lifetime);
        var end = await ReadAsync(pipe, "closed");
        await writing.WaitAsync(Cancellation);

        end.ShouldContain("event: closed");
        context.Response.ContentType.ShouldBe("text/event-stream");
    }

    private static async Task<string> ReadAsync(Pipe pipe, string until)
    {
        while (true)
        {
            var read = await pipe.Reader.ReadAsync(Cancellation);
            var text = Encoding.UTF8.GetString(read.Buffer);
            var done = text.Contains(until, StringComparison.Ordinal);
            pipe.Reader.AdvanceTo(done ? read.Buffer.End : read.Buffer.Start, read.Buffer.End);
            if (done)
                return text;
        }
    }

    private static DocumentChange Change(string id, int done)
    {
        var version = new DocumentVersion(
            1, "original", "00", 1, "text/plain", "Title", DocumentStatus.Embedding, Reason: null, Warnings: [], done, Total: 2, DateTimeOffset.UnixEpoch);
        var manifest = new DocumentManifest(
            "acme", id, id, ["public"], "alice", DateTimeOffset.UnixEpoch, DateTimeOffset.UnixEpoch, version, Searchable: null);
        return new DocumentChange("acme", id, manifest, DocumentView.Of(manifest, isOpenBelow: false), []);
    }
}
