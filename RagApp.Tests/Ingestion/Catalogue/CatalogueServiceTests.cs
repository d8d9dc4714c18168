using System.Net;
using System.Net.Http.Json;
using Microsoft.Extensions.DependencyInjection;
using RagApp.Contracts;
using RagApp.Contracts.Documents;
using RagApp.Contracts.Http;
using RagApp.Contracts.Identity;
using RagApp.Ingestion.Catalogue;
using RagApp.Storage.Announcements;
using RagApp.Storage.Documents;
using RagApp.Tests.Ingestion.Children;
using RagApp.Tests.TestServices;
using StackExchange.Redis;
using static RagApp.Tests.Ingestion.IngestionService;

namespace RagApp.Tests.Ingestion.Catalogue;

/// <summary>Document lists in the real service are right immediately after a change, and recover from any damage to the catalogue.</summary>
public sealed class CatalogueServiceTests
{
    [Fact]
    public async Task List_RightAfterAChangeOfAccess_ShowsFormerReadersNothingOfTheArchive()
    {
        await using var service = await StartAsync();
        var archive = await ChildDocuments.UploadAsync(service, "all.zip", ZipFile.Of([.. Enumerable.Range(0, 20).Select(number => ($"{number}.txt", $"The quokka {number}."))]), "public");
        (await PathsAsync(service, Bob)).Count.ShouldBe(21);

        await service.Documents.SetAccessAsync(Alice, archive.Id, new AccessChange(["group:finance"]), Cancellation);

        (await PathsAsync(service, Bob)).ShouldBeEmpty();
        (await PathsAsync(service, Alice)).Count.ShouldBe(21);
        await service.Documents.DeleteAsync(Alice, archive.Id, Cancellation);
        (await PathsAsync(service, Alice)).ShouldBeEmpty();
    }

    [Fact]
    public async Task List_ByItsUploader_HasWhatOnlyOthersMayRead()
    {
        await using var service = await StartAsync();
        await service.UploadAsync(Alice, "for-bob.txt", "For Bob.", "user:bob");

        (await PathsAsync(service, Alice)).ShouldBe(["for-bob.txt"]);
        (await PathsAsync(service, Alice with { Subject = "carol" })).ShouldBeEmpty();
    }

    [Fact]
    public async Task List_SavedByAnotherProcess_HasItOnceThatIsAnnounced()
    {
        await using var service = await StartAsync();
        var info = await service.UploadAsync(Alice, "plan.txt", "The plan.", "public");
        await service.SettleAsync(Alice, info.Id);
        (await PathsAsync(service, Bob)).ShouldBe(["plan.txt"]);
        await using var redis = await ConnectionMultiplexer.ConnectAsync(service.Redis.ConnectionString);
        var other = new DocumentAnnouncements(redis);
        var id = await SaveElsewhereAsync(service, info.Id, "elsewhere.txt");

        other.Announce(new DocumentAnnouncement("acme", id, []));

        await Eventually.HoldsAsync(async () => (await PathsAsync(service, Bob)) is ["elsewhere.txt", "plan.txt"]);
        await ChildDocuments.Documents(service).DeleteAsync("acme", id, Cancellation);
        (await PathsAsync(service, Bob)).ShouldBe(["plan.txt"]); // the list is right whether or not the deletion is announced
    }

    [Fact]
    public async Task List_AnnouncementsMissed_IsComparedWithTheStoreAndSaysSoMeanwhile()
    {
        await using var service = await StartAsync();
        var info = await service.UploadAsync(Alice, "plan.txt", "The plan.", "public");
        await service.SettleAsync(Alice, info.Id);
        await Eventually.HoldsAsync(async () => await PageAsync(service, Bob) is { IsBehind: false });
        await SaveElsewhereAsync(service, info.Id, "elsewhere.txt");
        (await PathsAsync(service, Bob)).ShouldBe(["plan.txt"]);

        await service.Redis.RestartAsync();

        await Eventually.HoldsAsync(async () => await PageAsync(service, Bob) is { IsBehind: false, Documents.Count: 2 });
    }

    [Fact]
    public async Task List_AfterAStartOnAStoreThatChanged_IsRightFromTheFirstAnswer()
    {
        await using var service = await StartAsync();
        var info = await service.UploadAsync(Alice, "plan.txt", "The plan.", "public");
        await service.SettleAsync(Alice, info.Id);
        await SaveElsewhereAsync(service, info.Id, "elsewhere.txt"); // saved by a process that died before it announced the change

        await service.RestartAsync();

        (await PathsAsync(service, Bob)).ShouldBe(["elsewhere.txt", "plan.txt"]);
    }

    [Fact]
    public async Task List_CatalogueThatCannotBeWritten_IsMadeAnew()
    {
        await using var service = await StartAsync();
        await service.UploadAsync(Alice, "a.txt", "Text.", "public");
        (await PathsAsync(service, Bob)).ShouldBe(["a.txt"]);
        var impossible = CatalogueRow.Of(CatalogueUnderTest.Manifest("c.txt", "public")) with { Source = null! };
        await Should.ThrowAsync<CatalogueUnreadyException>(service.App.Services.GetRequiredService<DocumentCatalogue>().UseAsync(
            "acme",
            async known =>
            {
                await known.PutAsync(impossible);
                return true;
            },
            Cancellation));

        var uploaded = await service.UploadAsync(Alice, "b.txt", "Text.", "public"); // the upload succeeds although the catalogue cannot be written

        uploaded.Path.ShouldBe("b.txt");
        (await PathsAsync(service, Bob)).ShouldBe(["a.txt", "b.txt"]);
    }

    [Fact]
    public async Task List_AWrongValue_Is400WithASentence()
    {
        await using var service = await StartAsync();
        var info = await service.UploadAsync(Alice, "a.txt", "Text.");
        var wrong = new[]
        {
            ("sort=colour", "'sort' is"), ("order=up", "'order' is"), ("status=done", "'status' is"), ("status=indexed&status=3", "'status' is"),
            ("type=pfd", "'type' is"), ("source=A", "A source is"), ("tag=", "'tag' has"), ("after=a.txt", "'after' is no place"), ("limit=0", "'limit' lies"),
        };

        foreach (var (query, sentence) in wrong)
        {
            foreach (var path in new[] { "documents", $"documents/{info.Id}/children" })
            {
                using var request = ServiceCall.Request(Alice, HttpMethod.Get, $"{path}?{query}");
                using var response = await service.Http.SendAsync(request, Cancellation);

                response.StatusCode.ShouldBe(HttpStatusCode.BadRequest, query);
                (await response.Content.ReadFromJsonAsync(ContractsJson.Default.Problem, Cancellation))!.Detail.ShouldNotBeNull().ShouldContain(sentence);
            }
        }
    }

    [Fact]
    public async Task List_FilteredAndSorted_GoesThroughTheTypedClient()
    {
        await using var service = await StartAsync();
        foreach (var (path, text) in new[] { ("reports/short.txt", "Short."), ("reports/long.txt", "A long report. It goes on and on."), ("notes/note.txt", "A note.") })
            await service.SettleAsync(Alice, (await service.UploadAsync(Alice, path, text)).Id);
        var filter = new DocumentListFilter(Path: "REPORTS/", Status: ["failed", "indexed"], Sort: DocumentListFilter.BySize, Order: DocumentListFilter.Descending);

        var first = await service.Documents.ListAsync(Alice, filter, null, 1, Cancellation);
        var second = await service.Documents.ListAsync(Alice, filter, first.Next, 1, Cancellation);

        first.Documents.ShouldHaveSingleItem().Path.ShouldBe("reports/long.txt");
        second.Documents.ShouldHaveSingleItem().Path.ShouldBe("reports/short.txt");
        second.Next.ShouldBeNull();
    }

    /// <summary>Stores a copy of a document under another path without announcing it, as another process might.</summary>
    private static async Task<string> SaveElsewhereAsync(IngestionService service, string id, string path)
    {
        var documents = ChildDocuments.Documents(service);
        var manifest = (await documents.FindAsync("acme", id, Cancellation))!.Manifest with { Path = path, Id = DocumentIds.For("acme", path) };
        await documents.SaveAsync(manifest, etag: null, Cancellation);
        return manifest.Id;
    }

    private static Task<DocumentPage> PageAsync(IngestionService service, Principal reader) =>
        service.Documents.ListAsync(reader, new(), null, 1_000, Cancellation);

    private static async Task<IReadOnlyList<string>> PathsAsync(IngestionService service, Principal reader) =>
        [.. (await PageAsync(service, reader)).Documents.Select(info => info.Path)];
}
