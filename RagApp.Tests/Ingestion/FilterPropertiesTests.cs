using System.Net;
using System.Text;
using System.Text.Json;
using Microsoft.Extensions.DependencyInjection;
using RagApp.Contracts.Documents;
using RagApp.Contracts.Http;
using RagApp.Storage.Documents;
using RagApp.Storage.Documents.Manifests;
using RagApp.Storage.Journals;
using RagApp.Tests.Ingestion.Children;
using RagApp.Tests.TestServices;
using static RagApp.Tests.Ingestion.IngestionService;

namespace RagApp.Tests.Ingestion;

/// <summary>Properties that documents can be filtered by, from the upload to the index.</summary>
public sealed class FilterPropertiesTests
{
    [Fact]
    public async Task Upload_WithTagsAndSource_IndexAndListHaveThem()
    {
        await using var service = await StartAsync();

        var info = await IndexAsync(service, "leave.bin", "# Leave\n\nThe pangolin takes thirty days of [leave](https://example.com).\n\n## More\n\nText.", "handbook, 2024", "hr", source: "confluence");
        await IndexAsync(service, "other.txt", "The okapi text.");

        (info.Source, info.Type, info.Language).ShouldBe(("confluence", "markdown", "en"));
        info.Tags.ShouldBe(["2024", "handbook", "hr"]);
        info.Date.ShouldNotBeNull();
        var found = (await service.SearchAsync(Alice, "pangolin")).ShouldHaveSingleItem().Properties;
        (found.Source, found.Type, found.Language, found.Date).ShouldBe(("confluence", "markdown", "en", info.Date));
        found.Tags.ShouldBe(info.Tags, ignoreOrder: true);
        foreach (var filter in (DocumentListFilter[])[new(Tag: "2024"), new(Type: "markdown"), new(Source: "confluence"), new("hr", "markdown", "confluence")])
            (await service.Documents.ListAsync(Alice, filter, null, null, Cancellation)).Documents.ShouldHaveSingleItem().Id.ShouldBe(info.Id);
        (await service.Documents.ListAsync(Alice, new("hr", "text"), null, null, Cancellation)).Documents.ShouldBeEmpty();
    }

    [Fact]
    public async Task Upload_Archive_FilesInsideHaveItsTagsAndSourceAndTheirOwnType()
    {
        await using var service = await StartAsync();

        var archive = await service.Documents.UploadAsync(Alice, Form("all.zip", ZipFile.Of(("plan.txt", "The numbat plan.")), ["q3"], "share"), Cancellation);
        await service.SettleAsync(Alice, archive.Id);

        var child = (await service.Documents.ListChildrenAsync(Alice, archive.Id, new(), null, null, Cancellation)).Documents.ShouldHaveSingleItem();
        child = await service.SettleAsync(Alice, child.Id);
        (child.Source, child.Type, child.Tags.Single()).ShouldBe(("share", "text", "q3"));
        (await service.Documents.GetAsync(Alice, archive.Id, Cancellation)).Type.ShouldBe("archive");
        await service.Documents.SetTagsAsync(Alice, archive.Id, new TagsChange(["final"]), Cancellation);
        (await service.SearchAsync(Alice, "numbat")).ShouldHaveSingleItem().Properties.Tags.ShouldBe(["final"]);
        (await service.Documents.GetAsync(Alice, child.Id, Cancellation)).Tags.ShouldBe(["final"]);
    }

    [Theory]
    [InlineData("dlp:payment-card", null)]
    [InlineData("a\u0007b", null)]
    [InlineData(null, "Confluence")]
    [InlineData(null, "")]
    public async Task Upload_WrongTagOrSource_IsRefusedAndNothingStays(string? tag, string? source)
    {
        await using var service = await StartAsync();

        var refusal = await Should.ThrowAsync<ApiException>(
            () => service.Documents.UploadAsync(Alice, Form("a.txt", "Text."u8.ToArray(), tag is null ? [] : [tag], source), Cancellation));

        refusal.Status.ShouldBe(HttpStatusCode.BadRequest);
        service.CountOriginals("acme").ShouldBe(0);
    }

    [Fact]
    public async Task Upload_NewVersion_KeepsTagsAndOthersAreRefused()
    {
        await using var service = await StartAsync();
        await IndexAsync(service, "plan.txt", "The first narwhal plan.", "plans");

        var refusal = await Should.ThrowAsync<ApiException>(
            () => service.Documents.UploadAsync(Alice, Form("plan.txt", "Another plan."u8.ToArray(), ["drafts"]), Cancellation));
        var second = await IndexAsync(service, "plan.txt", "The second narwhal plan.");

        refusal.Status.ShouldBe(HttpStatusCode.Conflict);
        (second.Version, second.Tags.Single()).ShouldBe((2, "plans"));
        (await service.SearchAsync(Alice, "narwhal")).ShouldHaveSingleItem().Properties.Tags.ShouldBe(["plans"]);
    }

    [Fact]
    public async Task SetTags_ByItsOwner_SearchesSeeItAndItIsRecorded()
    {
        await using var service = await StartAsync();
        var info = await IndexAsync(service, "plan.txt", "The kakapo plan.", "plans");
        var texts = service.Embeddings.Texts.Count;

        var changed = await service.Documents.SetTagsAsync(Alice, info.Id, new TagsChange(["final", "2024"]), Cancellation);

        changed.Tags.ShouldBe(["2024", "final"]);
        (await service.SearchAsync(Alice, "kakapo")).ShouldHaveSingleItem().Properties.Tags.ShouldBe(["2024", "final"]);
        service.Embeddings.Texts.Count.ShouldBe(texts);
        var record = (await service.App.Services.GetRequiredService<IAuditJournal>()
            .ReadAsync("acme", DateTimeOffset.MinValue, DateTimeOffset.MaxValue, Cancellation).ToListAsync(Cancellation)).Single(record => record.Action == AuditActions.TagsChanged);
        (record.Actor, record.Details["tagsBefore"], record.Details["tagsAfter"]).ShouldBe(("user:alice", "plans", "2024,final"));
    }

    [Fact]
    public async Task SetTags_BySomebodyElse_IsForbiddenOrUnknown()
    {
        await using var service = await StartAsync();
        var uploaded = await service.UploadAsync(Alice, "plan.txt", "The okapi plan.", "public");
        await service.SettleAsync(Alice, uploaded.Id);

        var byReader = await Should.ThrowAsync<ApiException>(() => service.Documents.SetTagsAsync(Bob, uploaded.Id, new TagsChange(["x"]), Cancellation));
        var byStranger = await Should.ThrowAsync<ApiException>(() => service.Documents.SetTagsAsync(Eve, uploaded.Id, new TagsChange(["x"]), Cancellation));

        (byReader.Status, byStranger.Status).ShouldBe((HttpStatusCode.Forbidden, HttpStatusCode.NotFound));
        (await service.Documents.GetAsync(Alice, uploaded.Id, Cancellation)).Tags.ShouldBeEmpty();
    }

    [Fact]
    public async Task SetTags_CutOffBeforeTheIndex_IsFinishedAtStart()
    {
        await using var service = await StartAsync();
        var info = await IndexAsync(service, "plan.txt", "The quokka plan.");
        var documents = service.App.Services.GetRequiredService<IManifestStore>();
        var stored = (await documents.FindAsync("acme", info.Id, Cancellation))!;
        await documents.SaveAsync(stored.Manifest with { Tags = ["late"], TagsPending = true }, stored.ETag, Cancellation);

        await service.RestartAsync();
        await Eventually.HoldsAsync(async () =>
            !(await service.App.Services.GetRequiredService<IManifestStore>().FindAsync("acme", info.Id, Cancellation))!.Manifest.TagsPending);

        (await service.SearchAsync(Alice, "quokka")).ShouldHaveSingleItem().Properties.Tags.ShouldBe(["late"]);
    }

    [Fact]
    public void Manifest_FromBeforeThereWereTags_IsAnUploadWithoutAny()
    {
        var version = new DocumentVersion(1, "original", "hash", 1, "application/pdf", "Title", DocumentStatus.Indexed, null, [], 0, 0, DateTimeOffset.UnixEpoch);
        var manifest = new DocumentManifest("acme", "id", "path", ["public"], "alice", DateTimeOffset.UnixEpoch, DateTimeOffset.UnixEpoch, version, version);
        var json = JsonSerializer.SerializeToNode(manifest, DocumentsJson.Plain.DocumentManifest)!.AsObject();
        (json.Remove("source"), json.Remove("tags"), json.Remove("tagsPending")).ShouldBe((true, true, true));

        var read = json.Deserialize(DocumentsJson.Plain.DocumentManifest)!;

        read.Source.ShouldBe("upload");
        read.Tags.ShouldBeEmpty();
        read.Latest.Date.ShouldBe(DateTimeOffset.UnixEpoch);
    }

    private static async Task<DocumentInfo> IndexAsync(IngestionService service, string path, string text, params string[] tags) =>
        await IndexAsync(service, path, text, tags, source: null);

    private static async Task<DocumentInfo> IndexAsync(IngestionService service, string path, string text, string tags, string more, string source) =>
        await IndexAsync(service, path, text, [tags, more], source);

    private static async Task<DocumentInfo> IndexAsync(IngestionService service, string path, string text, string[] tags, string? source)
    {
        var uploaded = await service.Documents.UploadAsync(Alice, Form(path, Encoding.UTF8.GetBytes(text), tags, source), Cancellation);
        var info = await service.SettleAsync(Alice, uploaded.Id);
        info.Status.ShouldBe(DocumentStatus.Indexed, info.Reason);
        return info;
    }

    private static MultipartFormDataContent Form(string path, byte[] file, string[] tags, string? source = null)
    {
        var form = Multipart(path, file);
        foreach (var tag in tags)
            form.Add(new StringContent(tag), "tags");
        if (source is not null)
            form.Add(new StringContent(source), "source");
        return form;
    }
}
