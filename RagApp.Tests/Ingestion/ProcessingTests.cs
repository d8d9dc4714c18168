using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using RagApp.Contracts.Documents;
using RagApp.Contracts.Embeddings;
using RagApp.Storage.Documents;
using RagApp.Storage.Documents.Contents;
using RagApp.Storage.Documents.Manifests;
using RagApp.Storage.Documents.Originals;
using RagApp.Storage.Queue;
using RagApp.Tests.TestServices;
using static RagApp.Tests.Ingestion.IngestionService;

namespace RagApp.Tests.Ingestion;

public sealed class ProcessingTests
{
    [Fact]
    public async Task Upload_SamplePdf_IsIndexedAndReadable()
    {
        await using var service = await StartAsync();
        var file = await File.ReadAllBytesAsync(Samples.PathOf(Samples.TravelPolicy), Cancellation);

        var uploaded = await service.Documents.UploadAsync(Alice, Multipart("policies/travel.pdf", file, "public"), Cancellation);
        var info = await service.SettleAsync(Alice, uploaded.Id);

        info.Status.ShouldBe(DocumentStatus.Indexed, info.Reason);
        info.SearchableVersion.ShouldBe(1);
        info.Title.ShouldBe("Travel and expenses policy");
        info.ContentType.ShouldBe("application/pdf");
        info.Done.ShouldBe(info.Total);
        var text = await service.Documents.GetTextAsync(Bob, info.Id, Cancellation);
        var taxi = text.Passages.Single(passage => passage.Text.Contains("0.38 euro per kilometre", StringComparison.Ordinal));
        taxi.Section.ShouldBe("Taxis and cars");
        taxi.Page.ShouldBe(2);
        (await service.SearchAsync(Bob, "kilometre")).ShouldContain(chunk => chunk.Ordinal == taxi.Ordinal && chunk.Page == 2);
        service.Embeddings.Texts.ShouldContain($"Travel and expenses policy\nTaxis and cars\n{taxi.Text}");
        service.Embeddings.Requests.ShouldAllBe(request => request.Priority == EmbeddingPriority.Bulk && request.Model == FakeEmbeddings.Model && request.Input.Count <= 32);
        service.Embeddings.Authorizations.ShouldAllBe(header => header.StartsWith("Bearer ", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData(402)]
    [InlineData(429)]
    [InlineData(451)]
    [InlineData(503)]
    public async Task Upload_EmbeddingHasToWait_SaysSoAndGoesOnWithoutCountingAttempts(int status)
    {
        await using var service = await StartAsync("--Queue:MaxAttempts=1");
        var refused = 0;
        service.Embeddings.Before = _ => Task.FromResult<IResult?>(Interlocked.Increment(ref refused) > 2 ? null : new Refusal(status));

        var uploaded = await service.UploadAsync(Alice, "rules.md", "# Rules\n\nThe color is vermilion.", "public");
        await Eventually.HoldsAsync(async () =>
            (await service.Documents.GetAsync(Alice, uploaded.Id, Cancellation)).Reason is "It waits for the embedding model and goes on by itself: The budget of the tenant is spent.");
        var info = await service.SettleAsync(Alice, uploaded.Id);

        (info.Status, info.Reason).ShouldBe((DocumentStatus.Indexed, null));
        refused.ShouldBeGreaterThan(2);
    }

    [Fact]
    public async Task Upload_NewVersion_ReplacesTheOldWhole()
    {
        await using var service = await StartAsync();
        var first = await service.UploadAsync(Alice, "rules.md", "# Rules\n\nThe color is vermilion.", "public");
        await service.SettleAsync(Alice, first.Id);

        await service.UploadAsync(Alice, "rules.md", "# Rules\n\nThe color is turquoise.");
        var info = await service.SettleAsync(Alice, first.Id);

        info.Version.ShouldBe(2);
        info.SearchableVersion.ShouldBe(2);
        (await service.SearchAsync(Bob, "vermilion")).ShouldBeEmpty();
        (await service.SearchAsync(Bob, "turquoise")).ShouldHaveSingleItem().Version.ShouldBe(2);
        await ShouldForgetSupersededAsync(service, first.Id);
    }

    [Fact]
    public async Task Upload_NewVersionChangesOnePassage_OnlyThatOneIsEmbedded()
    {
        await using var service = await StartAsync();
        var sections = Enumerable.Range(1, 6).Select(n => $"# Part {n}\n\nWhat part {n} says about the matter.\n").ToArray();
        var first = await service.UploadAsync(Alice, "parts.md", string.Join('\n', sections), "public");
        var before = await service.SettleAsync(Alice, first.Id);
        service.Embeddings.Texts.Clear();

        sections[3] = "# Part 4\n\nWhat part 4 says now is new.\n";
        await service.UploadAsync(Alice, "parts.md", string.Join('\n', sections));
        var after = await service.SettleAsync(Alice, first.Id);

        before.Reused.ShouldBe(0);
        after.Total.ShouldBe(6);
        after.Reused.ShouldBe(5);
        service.Embeddings.Texts.ShouldHaveSingleItem().ShouldContain("now is new");
        (await service.SearchAsync(Bob, "matter")).Count.ShouldBe(5);
    }

    [Fact]
    public async Task Upload_NewVersionIsDamaged_OldOneGoesOnAnswering()
    {
        await using var service = await StartAsync();
        var first = await service.UploadAsync(Alice, "plan.txt", "The quokka plan.", "public");
        await service.SettleAsync(Alice, first.Id);

        await service.Documents.UploadAsync(Alice, Multipart("plan.txt", [0x89, 0x50, 0x4E, 0x47, 1, 2]), Cancellation);
        var info = await service.SettleAsync(Alice, first.Id);

        info.Status.ShouldBe(DocumentStatus.Failed);
        info.Reason!.ShouldContain("picture");
        info.SearchableVersion.ShouldBe(1);
        (await service.SearchAsync(Bob, "quokka")).ShouldNotBeEmpty();
        (await service.Documents.GetTextAsync(Bob, first.Id, Cancellation)).Passages.ShouldNotBeEmpty();
    }

    [Fact]
    public async Task Upload_NewVersionIsEmpty_NothingAnswers()
    {
        await using var service = await StartAsync();
        var first = await service.UploadAsync(Alice, "note.html", "<p>The axolotl note.</p>", "public");
        await service.SettleAsync(Alice, first.Id);

        await service.UploadAsync(Alice, "note.html", "<html><body> </body></html>");
        var info = await service.SettleAsync(Alice, first.Id);

        info.Status.ShouldBe(DocumentStatus.Empty);
        info.SearchableVersion.ShouldBeNull();
        (await service.SearchAsync(Bob, "axolotl")).ShouldBeEmpty();
    }

    [Fact]
    public async Task Upload_WhileAnOlderVersionIsInWork_NewestWins()
    {
        await using var service = await StartAsync("--Processing:Workers=2");
        var release = new TaskCompletionSource();
        service.Embeddings.Before = async request =>
        {
            if (request.Input.Any(text => text.Contains("slowpoke", StringComparison.Ordinal)))
                await release.Task;
            return null;
        };
        var first = await service.UploadAsync(Alice, "race.txt", "The slowpoke text.", "public");
        await Eventually.HoldsAsync(() => !service.Embeddings.Requests.IsEmpty);
        await service.UploadAsync(Alice, "race.txt", "The roadrunner text.");
        var info = await service.SettleAsync(Alice, first.Id);

        release.SetResult();
        await IdleAsync(service);

        info.SearchableVersion.ShouldBe(2);
        (await service.SearchAsync(Bob, "slowpoke")).ShouldBeEmpty();
        (await service.SearchAsync(Bob, "roadrunner")).ShouldHaveSingleItem();
    }

    [Fact]
    public async Task Delete_WhileInWork_LeavesNothingBehind()
    {
        await using var service = await StartAsync();
        var release = new TaskCompletionSource();
        service.Embeddings.Before = async _ => { await release.Task; return null; };
        var info = await service.UploadAsync(Alice, "ghost.txt", "The ghost text.", "public");
        await Eventually.HoldsAsync(() => !service.Embeddings.Requests.IsEmpty);

        await service.Documents.DeleteAsync(Alice, info.Id, Cancellation);
        release.SetResult();
        await IdleAsync(service);

        (await service.SearchAsync(Alice, "ghost")).ShouldBeEmpty();
        (await Documents(service).FindAsync("acme", info.Id, Cancellation)).ShouldBeNull();
    }

    [Fact]
    public async Task Embed_ServiceIsOverloaded_IsTriedAgain()
    {
        await using var service = await StartAsync();
        var calls = 0;
        service.Embeddings.Before = _ => Task.FromResult(Interlocked.Increment(ref calls) <= 2 ? Results.StatusCode(429 + (calls * 37)) : null);

        var info = await service.UploadAsync(Alice, "patience.txt", "Patience pays.", "public");

        (await service.SettleAsync(Alice, info.Id)).Status.ShouldBe(DocumentStatus.Indexed);
        calls.ShouldBe(3);
    }

    [Fact]
    public async Task Embed_ServiceStaysDown_FailsWithAReason()
    {
        await using var service = await StartAsync("--Queue:MaxAttempts=2");
        service.Embeddings.Before = _ => Task.FromResult<IResult?>(Results.StatusCode(503));

        var info = await service.UploadAsync(Alice, "down.txt", "Never embedded.", "public");
        var settled = await service.SettleAsync(Alice, info.Id);

        settled.Status.ShouldBe(DocumentStatus.Failed);
        settled.Reason!.ShouldContain("after several attempts");
    }

    [Fact]
    public async Task Embed_OneTextIsTooLong_IsShortenedAlone()
    {
        await using var service = await StartAsync();
        service.Embeddings.Before = request => Task.FromResult(
            request.Input.Any(text => text.Length > 120) ? Results.Problem("513 tokens, 512 at most", statusCode: 400) : null);

        var info = await service.UploadAsync(Alice, "long.md", $"# A\n\nShort.\n\n# B\n\n{string.Join(' ', Enumerable.Repeat("lengthy", 60))}", "public");

        (await service.SettleAsync(Alice, info.Id)).Status.ShouldBe(DocumentStatus.Indexed);
        service.Embeddings.Texts.ShouldContain("A\nShort.");
    }

    [Fact]
    public async Task Restart_InTheMiddle_DocumentIsFinished()
    {
        await using var service = await StartAsync("--Processing:Workers=1");
        var (hold, release) = (true, new TaskCompletionSource());
        service.Embeddings.Before = async _ =>
        {
            if (hold)
                await release.Task;
            return null;
        };
        var info = await service.UploadAsync(Alice, "crash.txt", "Survives a crash.", "public");
        await Eventually.HoldsAsync(() => !service.Embeddings.Requests.IsEmpty);

        hold = false;
        await service.RestartAsync();
        release.SetResult();

        (await service.SettleAsync(Alice, info.Id)).Status.ShouldBe(DocumentStatus.Indexed);
    }

    [Fact]
    public async Task Recovery_ManifestWithoutJob_IsQueuedAtStart()
    {
        await using var service = await StartAsync();
        var original = await service.App.Services.GetRequiredService<IOriginalStore>().WriteAsync("acme", new MemoryStream("Lost in between."u8.ToArray()), 1_000, Cancellation);
        var id = DocumentIds.For("acme", "lost.txt");
        await Documents(service).SaveAsync(Manifest(id, "lost.txt", original), etag: null, Cancellation);

        await service.RestartAsync();

        (await service.SettleAsync(Alice, id)).Status.ShouldBe(DocumentStatus.Indexed);
    }

    [Fact]
    public async Task Recovery_DeletionCutOff_IsFinishedAtStart()
    {
        await using var service = await StartAsync();
        var info = await service.UploadAsync(Alice, "half-gone.txt", "The halfway text.", "public");
        await service.SettleAsync(Alice, info.Id);
        var stored = await Documents(service).FindAsync("acme", info.Id, Cancellation);
        await Documents(service).SaveAsync(stored!.Manifest with { Deleted = true }, stored.ETag, Cancellation);

        await service.RestartAsync();
        await Eventually.HoldsAsync(async () => await Documents(service).FindAsync("acme", info.Id, Cancellation) is null);

        (await service.SearchAsync(Alice, "halfway")).ShouldBeEmpty();
    }

    [Fact]
    public async Task Start_InDevelopment_SamplesAreThereOnce()
    {
        await using var service = await StartAsync("--environment=Development");
        var alice = Alice with { Subject = "demo-alice" };
        await Eventually.HoldsAsync(async () => (await service.Documents.ListAsync(alice, new(), null, null, Cancellation)).Documents.Count == 4);

        var documents = (await service.Documents.ListAsync(alice, new(), null, null, Cancellation)).Documents;
        foreach (var document in documents)
            (await service.SettleAsync(alice, document.Id)).Status.ShouldBe(DocumentStatus.Indexed);
        await service.Documents.DeleteAsync(alice, documents[0].Id, Cancellation);
        await service.RestartAsync();

        (await service.Documents.ListAsync(alice, new(), null, null, Cancellation)).Documents.Count.ShouldBe(3);
    }

    private static DocumentManifest Manifest(string id, string path, StoredOriginal original) => new(
        "acme", id, path, ["public"], "alice", DateTimeOffset.UnixEpoch, DateTimeOffset.UnixEpoch,
        new DocumentVersion(1, original.Id, original.Sha256, original.Size, "text/plain", path, DocumentStatus.Queued, null, [], 0, 0, DateTimeOffset.UnixEpoch),
        Searchable: null);

    private static async Task ShouldForgetSupersededAsync(IngestionService service, string id)
    {
        await IdleAsync(service);
        var manifest = (await Documents(service).FindAsync("acme", id, Cancellation))!.Manifest;
        manifest.Superseded.ShouldBeEmpty();
        var first = manifest.LatestId with { Number = 1 };
        (await Contents(service).ReadAsync(first, Cancellation)).ShouldBeNull();
        (await Contents(service).ReadVectorsAsync(first, FakeEmbeddings.Model, Cancellation)).ShouldBeNull();
    }

    private static IManifestStore Documents(IngestionService service) => service.App.Services.GetRequiredService<IManifestStore>();

    private static IContentStore Contents(IngestionService service) => service.App.Services.GetRequiredService<IContentStore>();

    private static async Task IdleAsync(IngestionService service)
    {
        var queue = service.App.Services.GetRequiredService<IJobQueue>();
        await Eventually.HoldsAsync(async () => await queue.GetDepthAsync(Cancellation) is { Waiting: 0, Running: 0, Delayed: 0 });
    }

    /// <summary>A refusal of the embedding service that asks to come back after a second.</summary>
    private sealed class Refusal(int status) : IResult
    {
        public Task ExecuteAsync(HttpContext httpContext)
        {
            httpContext.Response.Headers.RetryAfter = "1";
            return Results.Problem("The budget of the tenant is spent.", statusCode: status).ExecuteAsync(httpContext);
        }
    }
}
