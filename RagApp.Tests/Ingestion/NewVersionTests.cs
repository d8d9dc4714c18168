using Microsoft.Extensions.DependencyInjection;
using RagApp.Contracts.Documents;
using RagApp.Storage.Documents.Contents;
using RagApp.Storage.Documents.Manifests;
using RagApp.Tests.TestServices;
using static RagApp.Tests.Ingestion.IngestionService;

namespace RagApp.Tests.Ingestion;

/// <summary>New versions of a document, through the real service: the version before goes on answering until the new one can.</summary>
public sealed class NewVersionTests
{
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
        var release = service.Embeddings.Hold("slowpoke");
        var first = await service.UploadAsync(Alice, "race.txt", "The slowpoke text.", "public");
        await Eventually.HoldsAsync(() => !service.Embeddings.Requests.IsEmpty);
        await service.UploadAsync(Alice, "race.txt", "The roadrunner text.");
        var info = await service.SettleAsync(Alice, first.Id);

        release.SetResult();
        await service.IdleAsync();

        info.SearchableVersion.ShouldBe(2);
        (await service.SearchAsync(Bob, "slowpoke")).ShouldBeEmpty();
        (await service.SearchAsync(Bob, "roadrunner")).ShouldHaveSingleItem();
    }

    private static async Task ShouldForgetSupersededAsync(IngestionService service, string id)
    {
        await service.IdleAsync();
        var manifest = (await service.App.Services.GetRequiredService<IManifestStore>().FindAsync("acme", id, Cancellation))!.Manifest;
        var contents = service.App.Services.GetRequiredService<IContentStore>();
        manifest.Superseded.ShouldBeEmpty();
        var first = manifest.LatestId with { Number = 1 };
        (await contents.ReadAsync(first, Cancellation)).ShouldBeNull();
        (await contents.ReadVectorsAsync(first, FakeEmbeddings.Model, Cancellation)).ShouldBeNull();
    }
}
