using System.Net;
using Microsoft.Extensions.DependencyInjection;
using RagApp.Contracts.Documents;
using RagApp.Contracts.Http;
using RagApp.Storage.Documents;
using RagApp.Storage.Documents.Trees;
using RagApp.Storage.Index;
using RagApp.Tests.Ingestion.Maintenance;
using RagApp.Tests.TestServices;
using static RagApp.Tests.Ingestion.IngestionService;
using static RagApp.Tests.Ingestion.Children.ChildDocuments;

namespace RagApp.Tests.Ingestion.Children;

/// <summary>Documents inside a document share its access list, and are deleted with it.</summary>
public sealed class ChildrenChangeTests
{
    [Fact]
    public async Task SetAccess_OfTheMail_ChangesItsAttachments()
    {
        await using var service = await StartAsync();
        var mail = await UploadAsync(service, "figures.eml", MailFile.With("Figures", "The okapi mail.", TwoAttachments), "public");
        await service.IdleAsync();
        var texts = service.Embeddings.Texts.Count;

        await service.Documents.SetAccessAsync(Alice, mail.Id, new AccessChange(["group:finance"]), Cancellation);

        (await service.SearchAsync(Bob, "okapi")).ShouldBeEmpty();
        (await service.SearchAsync(Bob, "pangolin")).ShouldBeEmpty();
        (await service.SearchAsync(Alice, "pangolin")).ShouldHaveSingleItem();
        (await ChildrenAsync(service, mail)).ShouldAllBe(child => child.Access.Single() == "group:finance");
        service.Embeddings.Texts.Count.ShouldBe(texts);
    }

    [Fact]
    public async Task SetAccess_OnItsWayToTheAttachments_HoldsForReadersAndTheSweepAlready()
    {
        await using var service = await StartAsync();
        var mail = await UploadAsync(service, "figures.eml", MailFile.With("Figures", "The okapi mail.", TwoAttachments), "public");
        var children = await ChildrenAsync(service, mail);
        var stored = (await Documents(service).FindAsync("acme", mail.Id, Cancellation))!;
        await Documents(service).SaveAsync(stored.Manifest with { Access = ["user:alice"], AccessPending = true }, stored.ETag, Cancellation);

        foreach (var child in children)
            (await Should.ThrowAsync<ApiException>(() => service.Documents.GetTextAsync(Bob, child.Id, Cancellation))).Status.ShouldBe(HttpStatusCode.NotFound);
        await service.App.Services.GetRequiredService<IChunkIndexWriter>().ChangeAccessAsync(
            "acme", [.. children.Select(child => child.Id)], ["user:alice"], Cancellation);
        await Verbs.RunAsync(service.DataPath, "sweep");

        (await service.SearchAsync(Bob, "pangolin")).ShouldBeEmpty();
        (await service.SearchAsync(Alice, "pangolin")).ShouldHaveSingleItem();
    }

    [Fact]
    public async Task SetAccess_OfAnArchive_SweepFindsNothingToMend()
    {
        await using var service = await StartAsync("--Sweep:Grace=00:00:00");
        var archive = await UploadAsync(service, "all.zip", ZipFile.Of([.. Enumerable.Range(0, 30).Select(i => ($"{i}.txt", $"The quokka number {i}."))]), "public");
        await service.IdleAsync();

        await service.Documents.SetAccessAsync(Alice, archive.Id, new AccessChange(["group:finance"]), Cancellation);
        var sweep = await Verbs.RunAsync(service.DataPath, "sweep", "--dry-run");

        sweep.Lines.ShouldHaveSingleItem().ShouldStartWith("0 orphans found");
        (await service.SearchAsync(Bob, "quokka")).ShouldBeEmpty();
        (await service.SearchAsync(Alice, "quokka")).Count.ShouldBe(20);
    }

    [Fact]
    public async Task SetAccess_ManifestInsideIsDamaged_ItIsFoundByNobodyAndTheOthersChange()
    {
        await using var service = await StartAsync();
        var mail = await UploadAsync(service, "figures.eml", MailFile.With("Figures", "The okapi mail.", TwoAttachments), "public");
        var plan = (await ChildrenAsync(service, mail)).Single(child => child.Path.EndsWith("plan.txt", StringComparison.Ordinal));
        var manifest = Directory.EnumerateFiles(service.DataPath, "manifest.json", SearchOption.AllDirectories).Single(file => file.Contains(plan.Id, StringComparison.Ordinal));
        await File.WriteAllTextAsync(manifest, "{", Cancellation);

        await service.Documents.SetAccessAsync(Alice, mail.Id, new AccessChange(["group:staff"]), Cancellation);

        (await service.SearchAsync(Alice, "pangolin")).ShouldBeEmpty();
        (await service.SearchAsync(Bob, "narwhal")).ShouldHaveSingleItem();
        (await Documents(service).FindAsync("acme", mail.Id, Cancellation))!.Manifest.AccessPending.ShouldBeFalse();
        (await service.Documents.GetAsync(Alice, mail.Id, Cancellation)).ChildCounts.ShouldBe(new ChildCounts(Indexed: 1, Empty: 0, Failed: 0, InProgress: 0));
    }

    [Fact]
    public async Task NewVersion_WithoutAFileWhoseManifestIsDamaged_ItIsFoundByNobody()
    {
        await using var service = await StartAsync();
        var mail = await UploadAsync(service, "figures.eml", MailFile.With("Figures", "The okapi mail.", TwoAttachments), "public");
        var plan = (await ChildrenAsync(service, mail)).Single(child => child.Path.EndsWith("plan.txt", StringComparison.Ordinal));
        var manifest = Directory.EnumerateFiles(service.DataPath, "manifest.json", SearchOption.AllDirectories).Single(file => file.Contains(plan.Id, StringComparison.Ordinal));
        await File.WriteAllTextAsync(manifest, "{", Cancellation);

        await UploadAsync(service, "figures.eml", MailFile.With("Figures", "The okapi mail.", TwoAttachments[1]));

        (await service.SearchAsync(Alice, "pangolin")).ShouldBeEmpty();
        (await service.SearchAsync(Bob, "narwhal")).ShouldHaveSingleItem();
        var root = (await Documents(service).FindAsync("acme", mail.Id, Cancellation))!.Manifest;
        (await service.App.Services.GetRequiredService<ITreeStore>().FindAsync("acme", root.Id, root.Incarnation, Cancellation))!.Tree.Inside(root.Id).ShouldContain(plan.Id, "a deletion of the mail takes it along");
    }

    [Fact]
    public async Task Original_WhileAFileInsideIsInWork_IsForItsUploaderOnly()
    {
        await using var service = await StartAsync();
        var release = service.Embeddings.Hold("pangolin");
        var mail = await service.Documents.UploadAsync(Alice, Multipart("figures.eml", MailFile.With("Figures", "The okapi mail.", TwoAttachments), "public"), Cancellation);
        await Eventually.HoldsAsync(async () => await Documents(service).FindAsync("acme", mail.Id, Cancellation) is { Manifest.Latest.Status: DocumentStatus.Indexed });

        (await Should.ThrowAsync<ApiException>(() => service.Documents.GetOriginalAsync(Bob, mail.Id, Cancellation))).Status.ShouldBe(HttpStatusCode.Forbidden);
        (await service.Documents.GetOriginalAsync(Alice, mail.Id, Cancellation)).Dispose();
        release.SetResult();
        await service.IdleAsync();
        (await service.Documents.GetOriginalAsync(Bob, mail.Id, Cancellation)).Dispose();
    }

    [Fact]
    public async Task SetAccess_CutOffBeforeTheAttachments_IsFinishedAtStart()
    {
        await using var service = await StartAsync();
        var mail = await UploadAsync(service, "figures.eml", MailFile.With("Figures", "The okapi mail.", TwoAttachments), "public");
        await ChildrenAsync(service, mail);
        var stored = (await Documents(service).FindAsync("acme", mail.Id, Cancellation))!;
        await Documents(service).SaveAsync(stored.Manifest with { Access = ["user:alice"], AccessPending = true }, stored.ETag, Cancellation);

        await service.RestartAsync();
        await Eventually.HoldsAsync(async () => !(await Documents(service).FindAsync("acme", mail.Id, Cancellation))!.Manifest.AccessPending);

        (await service.SearchAsync(Bob, "narwhal")).ShouldBeEmpty();
        (await service.SearchAsync(Alice, "narwhal")).ShouldHaveSingleItem();
    }

    [Fact]
    public async Task Delete_Mail_TakesItsAttachmentsWithIt()
    {
        await using var service = await StartAsync();
        var inner = ZipFile.Of(("deep.txt", "The numbat text."));
        var mail = await UploadAsync(service, "figures.eml", MailFile.With("Figures", "The okapi mail.", ("inner.zip", inner), ("plan.txt", "The pangolin plan."u8.ToArray())), "public");
        await service.IdleAsync();
        (await service.SearchAsync(Bob, "numbat")).ShouldHaveSingleItem();

        await service.Documents.DeleteAsync(Alice, mail.Id, Cancellation);

        foreach (var word in (string[])["okapi", "pangolin", "numbat"])
            (await service.SearchAsync(Bob, word)).ShouldBeEmpty(word);
        await ShouldHoldNothingAsync(service);
    }

    [Fact]
    public async Task Delete_CutOffInTheMiddle_IsFinishedAtStart()
    {
        await using var service = await StartAsync();
        var mail = await UploadAsync(service, "figures.eml", MailFile.With("Figures", "The okapi mail.", TwoAttachments), "public");
        await ChildrenAsync(service, mail);
        foreach (var id in (string[])[mail.Id, DocumentIds.For("acme", "figures.eml/plan.txt")])
        {
            var stored = (await Documents(service).FindAsync("acme", id, Cancellation))!;
            await Documents(service).SaveAsync(stored.Manifest with { Deleted = true }, stored.ETag, Cancellation);
        }

        await service.RestartAsync();
        await Eventually.HoldsAsync(async () => await Documents(service).FindAsync("acme", mail.Id, Cancellation) is null);

        await ShouldHoldNothingAsync(service);
    }

    [Fact]
    public async Task Change_OfAnAttachmentAlone_Is409ThatNamesTheMail()
    {
        await using var service = await StartAsync();
        var mail = await UploadAsync(service, "figures.eml", MailFile.With("Figures", "The okapi mail.", TwoAttachments), "public");
        var child = (await ChildrenAsync(service, mail))[0];

        ApiException[] refusals =
        [
            await Should.ThrowAsync<ApiException>(() => service.Documents.DeleteAsync(Alice, child.Id, Cancellation)),
            await Should.ThrowAsync<ApiException>(() => service.Documents.SetAccessAsync(Alice, child.Id, new AccessChange(["public"]), Cancellation)),
            await Should.ThrowAsync<ApiException>(() => service.UploadAsync(Alice, child.Path, "Mine.")),
        ];

        refusals.ShouldAllBe(refusal => refusal.Status == HttpStatusCode.Conflict && refusal.Problem.Detail!.Contains("'figures.eml'") && refusal.Problem.Detail.Contains(mail.Id));
        (await Should.ThrowAsync<ApiException>(() => service.Documents.DeleteAsync(Bob, child.Id, Cancellation))).Status.ShouldBe(HttpStatusCode.Forbidden);
    }

    private static async Task ShouldHoldNothingAsync(IngestionService service)
    {
        (await Documents(service).ListAsync("acme", null, Cancellation).ToListAsync(Cancellation)).ShouldBeEmpty();
        service.CountOriginals("acme").ShouldBe(0);
        service.CountBlobs("acme", "documents").ShouldBe(0);
    }
}
