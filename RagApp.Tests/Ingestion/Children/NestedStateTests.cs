using RagApp.Contracts.Documents;
using RagApp.Tests.TestServices;
using static RagApp.Tests.Ingestion.IngestionService;
using static RagApp.Tests.Ingestion.Children.ChildDocuments;

namespace RagApp.Tests.Ingestion.Children;

/// <summary>A document's status is final when the status of every document below it is final.</summary>
public sealed class NestedStateTests
{
    private static readonly byte[] MailInAMailInAZip = ZipFile.Of(
        ("outer.eml", MailFile.With("Outer", "The outer okapi.", ("inner.eml", MailFile.With("Inner", "The inner narwhal.", ("deep.txt", "The deep pangolin."))))));

    [Fact]
    public async Task Status_MailInAMailInAZip_IsFinalWhenTheInnermostIs()
    {
        await using var service = await StartAsync();
        var release = service.Embeddings.Hold("pangolin");
        await using var feed = await FeedReader.OpenAsync(service, Alice, Cancellation);
        var uploaded = await service.Documents.UploadAsync(Alice, Multipart("all.zip", MailInAMailInAZip, "public"), Cancellation);
        await Eventually.HoldsAsync(async () => (await CountsAsync(service, uploaded.Id)) is { Indexed: 2, InProgress: 1 });
        await Eventually.HoldsAsync(async () => (await ListAsync(service))[3].Status == DocumentStatus.Embedding);

        (await ListAsync(service)).Take(3).ShouldAllBe(info => info.Status == DocumentStatus.Unpacking);
        (await service.Documents.GetAsync(Alice, uploaded.Id, Cancellation)).Status.ShouldBe(DocumentStatus.Unpacking);
        (await service.Documents.LookUpAsync(Alice, new DocumentLookup(["all.zip"]), Cancellation)).Documents[0]!.Status.ShouldBe(DocumentStatus.Unpacking);
        release.SetResult();

        var archive = await service.SettleAsync(Alice, uploaded.Id);
        archive.Status.ShouldBe(DocumentStatus.Indexed);
        archive.ChildCounts.ShouldBe(new ChildCounts(Indexed: 3, Empty: 0, Failed: 0, InProgress: 0));
        (await ListAsync(service)).ShouldAllBe(info => info.Status == DocumentStatus.Indexed);
        var told = await feed.UntilAsync(uploaded.Id, info => info.Status == DocumentStatus.Indexed);
        told[^1].ChildCounts.ShouldBe(archive.ChildCounts);
    }

    [Fact]
    public async Task Status_SomethingBelowFailed_IsItsOwnAndTheCountsSaySo()
    {
        await using var service = await StartAsync();
        var mail = MailFile.With("Outer", "The outer okapi.", ("inner.zip", ZipFile.Of(("broken.pdf", "%PDF-1.4 and no more"u8.ToArray()), ("plan.txt", "The plan."u8.ToArray()))));

        var outer = await UploadAsync(service, "outer.eml", mail, "public");

        outer.Status.ShouldBe(DocumentStatus.Indexed);
        outer.Children.ShouldBe(1);
        outer.ChildCounts.ShouldBe(new ChildCounts(Indexed: 2, Empty: 0, Failed: 1, InProgress: 0));
    }

    private static async Task<IReadOnlyList<DocumentInfo>> ListAsync(IngestionService service) =>
        (await service.Documents.ListAsync(Alice, new(), null, null, Cancellation)).Documents;

    private static async Task<ChildCounts?> CountsAsync(IngestionService service, string id) =>
        (await service.Documents.GetAsync(Alice, id, Cancellation)).ChildCounts;
}
