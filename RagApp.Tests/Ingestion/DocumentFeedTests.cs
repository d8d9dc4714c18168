using System.Net;
using System.Net.ServerSentEvents;
using System.Text.Json;
using Microsoft.Extensions.DependencyInjection;
using RagApp.Contracts;
using RagApp.Contracts.Documents;
using RagApp.Contracts.Http;
using RagApp.Storage.Announcements;
using StackExchange.Redis;
using static RagApp.Tests.Ingestion.IngestionService;

namespace RagApp.Tests.Ingestion;

public sealed class DocumentFeedTests
{
    [Fact]
    public async Task Follow_AnUpload_TellsHowFarItIsAndTheEnd()
    {
        await using var service = await StartAsync("--Processing:EmbeddingBatch=1");
        var told = new TaskCompletionSource();
        service.Embeddings.Before = async _ => { await told.Task; return null; };
        await using var feed = await FeedReader.OpenAsync(service, Alice, Cancellation);

        var info = await service.UploadAsync(Alice, "parts.md", "# One\n\nThe first part.\n\n# Two\n\nThe second part.\n");
        var before = await feed.UntilAsync(info.Id, state => state.Status == DocumentStatus.Embedding);
        told.SetResult();
        var after = await feed.UntilAsync(info.Id, state => state.Status == DocumentStatus.Indexed);

        before.ShouldAllBe(state => state.SearchableVersion == null);
        before[^1].Total.ShouldBe(2);
        (after[^1].Done, after[^1].Total, after[^1].SearchableVersion).ShouldBe((2, 2, 1));
    }

    [Fact]
    public async Task Follow_AFailure_TellsItsReason()
    {
        await using var service = await StartAsync();
        await using var feed = await FeedReader.OpenAsync(service, Alice, Cancellation);

        var info = await service.Documents.UploadAsync(Alice, Multipart("picture.txt", [0x89, 0x50, 0x4E, 0x47, 1, 2]), Cancellation);
        var states = await feed.UntilAsync(info.Id, state => state.Status == DocumentStatus.Failed);

        states[^1].Reason.ShouldNotBeNullOrEmpty();
    }

    [Fact]
    public async Task Follow_WithoutTheRight_HearsNothingOfADocument()
    {
        await using var service = await StartAsync();
        await using var bob = await FeedReader.OpenAsync(service, Bob, Cancellation);
        await using var eve = await FeedReader.OpenAsync(service, Eve, Cancellation);

        var hidden = await service.UploadAsync(Alice, "hidden/salaries.txt", "The salaries.", "group:finance");
        await service.SettleAsync(Alice, hidden.Id);
        await service.Documents.DeleteAsync(Alice, hidden.Id, Cancellation);
        var open = await service.UploadAsync(Alice, "open.txt", "The menu.", "public");
        var foreign = await service.UploadAsync(Eve, "globex.txt", "Of another tenant.", "public");

        List<SseItem<string>> heard = [];
        await bob.UntilAsync(open.Id, state => state.Status == DocumentStatus.Indexed, heard);
        await eve.UntilAsync(foreign.Id, state => state.Status == DocumentStatus.Indexed, heard);
        heard.ShouldNotContain(item => item.Data.Contains("salaries", StringComparison.Ordinal) || item.Data.Contains(hidden.Id, StringComparison.Ordinal));
        heard.Where(item => item.EventType == DocumentEvents.Removed).ShouldBeEmpty();
    }

    [Fact]
    public async Task Follow_AccessTakenAway_HearsThatItIsGoneAndNothingAfter()
    {
        await using var service = await StartAsync();
        var info = await service.UploadAsync(Alice, "plan.txt", "The plan.", "group:staff");
        await service.SettleAsync(Alice, info.Id);
        await using var bob = await FeedReader.OpenAsync(service, Bob, Cancellation);
        await using var alice = await FeedReader.OpenAsync(service, Alice, Cancellation);

        await service.Documents.SetAccessAsync(Alice, info.Id, new AccessChange(["user:alice"]), Cancellation);

        var gone = (await bob.NextButStatesAsync())!.Value;
        (gone.EventType, gone.Data).ShouldBe((DocumentEvents.Removed, $$"""{"id":"{{info.Id}}"}"""));
        await alice.UntilAsync(info.Id, state => state.Access is ["user:alice"]);

        await service.UploadAsync(Alice, "plan.txt", "The new plan.");
        await service.SettleAsync(Alice, info.Id);
        var open = await service.UploadAsync(Bob, "open.txt", "The menu.");
        List<SseItem<string>> heard = [];
        await bob.UntilAsync(open.Id, state => state.Status == DocumentStatus.Indexed, heard);
        heard.ShouldAllBe(item => item.EventType == DocumentEvents.Changed && FeedReader.Document(item).Id == open.Id);
    }

    [Fact]
    public async Task Follow_ADeletion_TellsThoseWhoCouldReadIt()
    {
        await using var service = await StartAsync();
        var info = await service.UploadAsync(Alice, "plan.txt", "The plan.", "group:staff");
        await service.SettleAsync(Alice, info.Id);
        await using var bob = await FeedReader.OpenAsync(service, Bob, Cancellation);

        await service.Documents.DeleteAsync(Alice, info.Id, Cancellation);

        var gone = (await bob.NextButStatesAsync())!.Value;
        (gone.EventType, gone.Data).ShouldBe((DocumentEvents.Removed, $$"""{"id":"{{info.Id}}"}"""));
    }

    [Fact]
    public async Task Follow_AnAnnouncementOfAnotherProcess_IsTold()
    {
        await using var service = await StartAsync();
        var info = await service.UploadAsync(Alice, "plan.txt", "The plan.");
        await service.SettleAsync(Alice, info.Id);
        await using var feed = await FeedReader.OpenAsync(service, Alice, Cancellation);
        await using var other = await ConnectionMultiplexer.ConnectAsync(service.Redis.ConnectionString);

        new DocumentAnnouncements(other).Announce(new DocumentAnnouncement(Alice.Tenant, info.Id, []));

        (await feed.UntilAsync(info.Id, _ => true)).ShouldHaveSingleItem().Status.ShouldBe(DocumentStatus.Indexed);
    }

    [Fact]
    public async Task Follow_RedisGoesAway_EndsWithTheReasonAndCanBeFollowedAgain()
    {
        await using var service = await StartAsync();
        await using var feed = await FeedReader.OpenAsync(service, Alice, Cancellation);

        await service.Redis.RestartAsync();

        var last = (await feed.NextAsync())!.Value;
        last = last.EventType == DocumentEvents.Resync ? (await feed.NextAsync())!.Value : last;
        last.EventType.ShouldBe(DocumentEvents.Closed);
        JsonSerializer.Deserialize(last.Data, ContractsJson.Default.ClosedFeed)!.Reason.ShouldContain("Redis does not answer");
        (await feed.NextAsync()).ShouldBeNull();
        await using var again = await FollowAgainAsync(service);
        var info = await service.UploadAsync(Alice, "plan.txt", "The plan.");
        await again.UntilAsync(info.Id, state => state.Status == DocumentStatus.Indexed);
    }

    [Fact]
    public async Task Follow_ServiceStops_EndsTheFeedAtOnce()
    {
        await using var service = await StartAsync();
        await using var feed = await FeedReader.OpenAsync(service, Alice, Cancellation);

        var stopping = service.RestartAsync();

        (await feed.NextAsync())!.Value.EventType.ShouldBe(DocumentEvents.Closed);
        (await feed.NextAsync()).ShouldBeNull();
        await stopping.WaitAsync(TimeSpan.FromSeconds(30), Cancellation);
    }

    [Fact]
    public async Task Follow_MoreOftenThanAllowed_Is429UntilOneIsClosed()
    {
        await using var service = await StartAsync("--Feed:MaxPerPrincipal=1", "--Feed:Heartbeat=00:00:01");
        var first = await FeedReader.OpenAsync(service, Alice, Cancellation);
        await using var bob = await FeedReader.OpenAsync(service, Bob, Cancellation);

        var refused = await Should.ThrowAsync<ApiException>(() => service.Documents.FollowAsync(Alice, Cancellation));
        (refused.Status, refused.Problem.RetryAfter).ShouldBe((HttpStatusCode.TooManyRequests, 30));
        await first.DisposeAsync();

        await using var next = await FollowAgainAsync(service);
    }

    [Fact]
    public async Task LookUp_SomePaths_AnswersInOrderAndOnlyWhatMayBeRead()
    {
        await using var service = await StartAsync();
        var shared = await service.UploadAsync(Alice, "a/shared.txt", "The plan.", "public");
        await service.UploadAsync(Alice, "a/own.txt", "Mine.");

        var found = await service.Documents.LookUpAsync(Bob, new DocumentLookup(["none.txt", @"a\shared.txt", "a/own.txt", "../x"]), Cancellation);

        found.Documents.Select(info => info?.Id).ShouldBe([null, shared.Id, null, null]);
        found.Documents[1]!.Sha256.ShouldBe(Convert.ToHexStringLower(System.Security.Cryptography.SHA256.HashData("The plan."u8)));
    }

    [Theory]
    [InlineData(0)]
    [InlineData(1_001)]
    public async Task LookUp_NoneOrTooManyPaths_Is400(int paths)
    {
        await using var service = await StartAsync();

        var refused = await Should.ThrowAsync<ApiException>(
            () => service.Documents.LookUpAsync(Bob, new DocumentLookup([.. Enumerable.Repeat("a.txt", paths)]), Cancellation));

        refused.Status.ShouldBe(HttpStatusCode.BadRequest);
    }

    /// <summary>Opens a feed as soon as the service can offer one again.</summary>
    private static async Task<FeedReader> FollowAgainAsync(IngestionService service)
    {
        using var tick = new PeriodicTimer(TimeSpan.FromMilliseconds(100));
        while (await tick.WaitForNextTickAsync(Cancellation))
        {
            if (!service.App.Services.GetRequiredService<DocumentAnnouncements>().IsConnected)
                continue;
            try
            {
                return await FeedReader.OpenAsync(service, Alice, Cancellation);
            }
            catch (ApiException exception) when (exception.Status == HttpStatusCode.TooManyRequests)
            {
                // The service has not yet noticed that the previous feed is closed.
            }
        }
        throw new InvalidOperationException("unreachable");
    }
}
