using System.Net;
using RagApp.Contracts.Documents;
using RagApp.Contracts.Http;
using RagApp.Storage.Documents;
using RagApp.Tests.TestServices;
using static RagApp.Tests.Ingestion.IngestionService;
using static RagApp.Tests.Ingestion.Children.ChildDocuments;

namespace RagApp.Tests.Ingestion.Children;

/// <summary>Documents extracted from other documents, through the real service.</summary>
public sealed class ChildrenTests
{
    [Fact]
    public async Task Upload_MailWithTwoAttachments_IsThreeDocuments()
    {
        await using var service = await StartAsync();

        var mail = await UploadAsync(service, "mail/figures.eml", MailFile.With("Figures", "The okapi mail.", TwoAttachments), "group:staff");

        mail.Status.ShouldBe(DocumentStatus.Indexed, mail.Reason);
        mail.Children.ShouldBe(2);
        mail.ParentId.ShouldBeNull();
        var children = await ChildrenAsync(service, mail);
        children.Select(child => child.Path).ShouldBe(["mail/figures.eml/budget.md", "mail/figures.eml/plan.txt"]);
        children.ShouldAllBe(child => child.ParentId == mail.Id && child.UploadedBy == "alice" && child.Access.Single() == "group:staff" && child.Status == DocumentStatus.Indexed);
        (await service.Documents.GetAsync(Bob, mail.Id, Cancellation)).ChildCounts.ShouldBe(new ChildCounts(Indexed: 2, Empty: 0, Failed: 0, InProgress: 0));
        foreach (var word in (string[])["okapi", "pangolin", "narwhal"])
        {
            (await service.SearchAsync(Bob, word)).ShouldHaveSingleItem(word);
            (await service.SearchAsync(Eve, word)).ShouldBeEmpty();
        }
        (await Should.ThrowAsync<ApiException>(() => service.Documents.GetAsync(Eve, children[0].Id, Cancellation))).Status.ShouldBe(HttpStatusCode.NotFound);
    }

    [Fact]
    public async Task Upload_AgainWithOneAttachmentLess_ThatOneGoes()
    {
        await using var service = await StartAsync();
        await UploadAsync(service, "figures.eml", MailFile.With("Figures", "The okapi mail.", [.. TwoAttachments, ("notes.txt", "The first notes.")]), "public");
        await service.IdleAsync();

        var mail = await UploadAsync(service, "figures.eml", MailFile.With("Figures", "The second mail.", TwoAttachments[0], ("notes.txt", "The second notes.")));
        var children = await ChildrenAsync(service, mail);

        mail.Children.ShouldBe(2);
        children.Select(child => (child.Path, child.Version)).ShouldBe([("figures.eml/notes.txt", 2), ("figures.eml/plan.txt", 1)]);
        (await service.SearchAsync(Bob, "narwhal")).ShouldBeEmpty();
        (await service.SearchAsync(Bob, "pangolin")).ShouldHaveSingleItem().Version.ShouldBe(1);
        (await Documents(service).FindAsync("acme", DocumentIds.For("acme", "figures.eml/budget.md"), Cancellation)).ShouldBeNull();
    }

    [Fact]
    public async Task Upload_AgainAsPlainText_NothingStaysInside()
    {
        await using var service = await StartAsync();
        await UploadAsync(service, "thing", ZipFile.Of(("plan.txt", "The pangolin plan.")), "public");
        await service.IdleAsync();

        var info = await UploadAsync(service, "thing", "Only text now."u8.ToArray());

        info.Children.ShouldBe(0);
        (await service.SearchAsync(Bob, "pangolin")).ShouldBeEmpty();
        (await service.Documents.ListChildrenAsync(Alice, info.Id, new(), null, null, Cancellation)).Documents.ShouldBeEmpty();
    }

    [Fact]
    public async Task Upload_Archive_IsIndexedThroughItsFilesWhateverTheirNames()
    {
        await using var service = await StartAsync();
        await service.UploadAsync(Alice, "all.zip/plan.txt", "Alice's own kakapo.", "user:alice");

        var archive = await UploadAsync(service, "all.zip", ZipFile.Of(
            ("plan.txt", "The first plan."), ("plan.txt", "The second plan."), ("../../plan.txt", "The third plan."), ("broken.pdf", "%PDF-1.4 and no more")), "public");
        var children = await ChildrenAsync(service, archive);

        archive.Status.ShouldBe(DocumentStatus.Indexed);
        archive.Total.ShouldBe(0);
        archive.Children.ShouldBe(4);
        children.Select(child => child.Path).ShouldBe(["all.zip/broken.pdf", "all.zip/plan (2).txt", "all.zip/plan (3).txt", "all.zip/plan (4).txt"]);
        children[0].Status.ShouldBe(DocumentStatus.Failed);
        children[0].Reason.ShouldNotBeNullOrEmpty();
        (await service.Documents.GetAsync(Alice, archive.Id, Cancellation)).ChildCounts.ShouldBe(new ChildCounts(3, 0, 1, 0));
        (await service.SearchAsync(Bob, "kakapo")).ShouldBeEmpty();
        (await service.SearchAsync(Alice, "kakapo")).ShouldHaveSingleItem();
    }

    [Fact]
    public async Task Upload_ArchiveOfPictures_IsEmptyAndSaysWhy()
    {
        await using var service = await StartAsync();

        var archive = await UploadAsync(service, "photos.zip", ZipFile.Of(("a.jpg", [0xFF, 0xD8, 0xFF, 0xE0]), ("b.jpg", [0xFF, 0xD8, 0xFF, 0xE0])), "public");

        archive.Status.ShouldBe(DocumentStatus.Empty);
        archive.Warnings.ShouldHaveSingleItem().ShouldContain("pictures (2)");
    }

    [Theory]
    [InlineData("--Members:MaxDocuments=12", 3, "12 documents")]
    [InlineData("--Members:MaxBytes=5000000", 2, "5,000,000 bytes")]
    [InlineData("--Members:MaxDepth=2", 5, "deeper than 2")]
    public async Task Upload_ArchivesInArchivesWithoutEnd_StopsAtTheBound(string bound, int levels, string reason)
    {
        await using var service = await StartAsync(bound);

        var bomb = await UploadAsync(service, "bomb.zip", ZipFile.Bomb(levels, width: 3), "public");
        await service.IdleAsync();

        var documents = (await service.Documents.ListAsync(Alice, new(), null, 1_000, Cancellation)).Documents;
        documents.Count.ShouldBeLessThanOrEqualTo(1 + 3 + 9 + 5);
        documents.ShouldContain(document => document.Status == DocumentStatus.Failed && document.Reason!.Contains(reason));
        bomb.Status.ShouldBe(DocumentStatus.Indexed);
    }

    [Fact]
    public async Task Upload_ArchiveOverTheBound_FailsAndTakesNothing()
    {
        await using var service = await StartAsync("--Members:MaxDocuments=2");

        var archive = await UploadAsync(service, "many.zip", ZipFile.Of(("1.txt", "a"), ("2.txt", "b"), ("3.txt", "c")), "public");

        archive.Status.ShouldBe(DocumentStatus.Failed);
        archive.Reason!.ShouldContain("more than 2 documents");
        (await service.Documents.ListAsync(Alice, new(), null, null, Cancellation)).Documents.ShouldHaveSingleItem();
    }

    [Fact]
    public async Task Upload_MailWithTooManyAttachments_KeepsItsTextAndSaysSo()
    {
        await using var service = await StartAsync("--Members:MaxDocuments=1");

        var mail = await UploadAsync(service, "figures.eml", MailFile.With("Figures", "The okapi mail.", TwoAttachments), "public");

        mail.Status.ShouldBe(DocumentStatus.Indexed);
        mail.Warnings[0].ShouldContain("more than 1 documents");
        mail.Children.ShouldBe(0);
        (await service.SearchAsync(Bob, "okapi")).ShouldHaveSingleItem();
    }

    [Fact]
    public async Task Restart_WhileTheFilesAreTaken_NothingIsTwiceOrLost()
    {
        await using var service = await StartAsync("--Processing:Workers=1");
        var files = Enumerable.Range(0, 30).Select(at => ($"{at:000}.txt", $"Text number {at} about quaggas.")).ToArray();
        var info = await service.Documents.UploadAsync(Alice, Multipart("all.zip", ZipFile.Of(files), "public"), Cancellation);
        await Eventually.HoldsAsync(async () => await Documents(service).FindAsync("acme", DocumentIds.For("acme", "all.zip/005.txt"), Cancellation) is not null);

        await service.RestartAsync(); // while the files are being extracted
        var archive = await service.SettleAsync(Alice, info.Id);
        await service.IdleAsync();

        archive.Children.ShouldBe(30);
        var counts = (await service.Documents.GetAsync(Alice, info.Id, Cancellation)).ChildCounts;
        counts.ShouldBe(new ChildCounts(30, 0, 0, 0));
        (await ChildrenAsync(service, archive)).ShouldAllBe(child => child.Version == 1);
        // the original that was being written at the restart may remain, as with every interrupted upload
        service.CountOriginals("acme").ShouldBeInRange(31, 32);
    }
}
