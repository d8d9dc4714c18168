using System.Net;
using Microsoft.Extensions.DependencyInjection;
using RagApp.Contracts.Documents;
using RagApp.Contracts.Http;
using RagApp.Contracts.Identity;
using RagApp.Storage.Documents.Manifests;
using RagApp.Tests.TestServices;
using static RagApp.Tests.Ingestion.IngestionService;

namespace RagApp.Tests.Ingestion;

public sealed class AccessTests
{
    [Fact]
    public async Task SetAccess_Narrowed_OthersFindNothingAndNothingIsEmbeddedAgain()
    {
        await using var service = await StartAsync();
        var info = await IndexAsync(service, "plan.txt", "The pangolin plan.", "public");
        var requests = service.Embeddings.Requests.Count;
        (await service.SearchAsync(Bob, "pangolin")).ShouldNotBeEmpty();

        var changed = await service.Documents.SetAccessAsync(Alice, info.Id, new AccessChange(["group:finance"]), Cancellation);

        changed.Access.ShouldBe(["group:finance"]);
        changed.Version.ShouldBe(1);
        (await service.SearchAsync(Bob, "pangolin")).ShouldBeEmpty();
        (await service.SearchAsync(Alice, "pangolin")).ShouldHaveSingleItem();
        (await Should.ThrowAsync<ApiException>(() => service.Documents.GetAsync(Bob, info.Id, Cancellation))).Status.ShouldBe(HttpStatusCode.NotFound);
        service.Embeddings.Requests.Count.ShouldBe(requests);
    }

    [Fact]
    public async Task SetAccess_ThenNewVersion_ListStaysAsItWasSet()
    {
        await using var service = await StartAsync();
        var info = await IndexAsync(service, "plan.txt", "The narwhal plan.", "public");
        await service.Documents.SetAccessAsync(Alice, info.Id, new AccessChange(["user:alice"]), Cancellation);

        await IndexAsync(service, "plan.txt", "The second narwhal plan.");

        (await service.SearchAsync(Bob, "narwhal")).ShouldBeEmpty();
        (await service.SearchAsync(Alice, "narwhal")).ShouldHaveSingleItem().Version.ShouldBe(2);
    }

    [Fact]
    public async Task SetAccess_BySomebodyElse_IsForbiddenOrUnknown()
    {
        await using var service = await StartAsync();
        var info = await IndexAsync(service, "plan.txt", "The okapi plan.", "public");

        var byReader = await Should.ThrowAsync<ApiException>(() => service.Documents.SetAccessAsync(Bob, info.Id, new AccessChange(["user:bob"]), Cancellation));
        var byStranger = await Should.ThrowAsync<ApiException>(() => service.Documents.SetAccessAsync(Eve, info.Id, new AccessChange(["public"]), Cancellation));

        byReader.Status.ShouldBe(HttpStatusCode.Forbidden);
        byStranger.Status.ShouldBe(HttpStatusCode.NotFound);
        (await service.Documents.GetAsync(Bob, info.Id, Cancellation)).Access.ShouldBe(["public"]);
    }

    [Fact]
    public async Task SetAccess_WithoutTheUploader_IsAskedFirstAndCanBeUndone()
    {
        await using var service = await StartAsync();
        var info = await IndexAsync(service, "plan.txt", "The quetzal plan.", "public");

        var asked = await Should.ThrowAsync<ApiException>(() => service.Documents.SetAccessAsync(Alice, info.Id, new AccessChange(["user:bob"]), Cancellation));
        (asked.Status, asked.Problem.Type).ShouldBe((HttpStatusCode.Conflict, Problem.WithoutCaller));
        asked.Problem.Detail!.ShouldContain("'withoutMe'");
        (await service.Documents.GetAsync(Bob, info.Id, Cancellation)).Access.ShouldBe(["public"]);

        await service.Documents.SetAccessAsync(Alice, info.Id, new AccessChange(["user:bob"], WithoutMe: true), Cancellation);
        (await service.SearchAsync(Alice, "quetzal")).ShouldBeEmpty();
        (await Should.ThrowAsync<ApiException>(() => service.Documents.GetTextAsync(Alice, info.Id, Cancellation))).Status.ShouldBe(HttpStatusCode.NotFound);
        (await service.Documents.GetAsync(Alice, info.Id, Cancellation)).Access.ShouldBe(["user:bob"]);
        (await service.Documents.ListAsync(Alice, new(), null, null, Cancellation)).Documents.ShouldHaveSingleItem().Id.ShouldBe(info.Id);

        await service.Documents.SetAccessAsync(Alice, info.Id, new AccessChange(["user:alice"]), Cancellation);
        (await service.SearchAsync(Alice, "quetzal")).ShouldHaveSingleItem();
    }

    [Theory]
    [InlineData("everyone")]
    [InlineData("group:")]
    [InlineData(null)]
    public async Task SetAccess_ListIsWrong_IsRefusedAndNothingChanges(string? entry)
    {
        await using var service = await StartAsync();
        var info = await IndexAsync(service, "plan.txt", "The kakapo plan.", "public");
        string[] access = entry is null ? [] : [entry];

        var refusal = await Should.ThrowAsync<ApiException>(() => service.Documents.SetAccessAsync(Alice, info.Id, new AccessChange(access), Cancellation));

        refusal.Status.ShouldBe(HttpStatusCode.BadRequest);
        (await service.Documents.GetAsync(Bob, info.Id, Cancellation)).Access.ShouldBe(["public"]);
    }

    [Fact]
    public async Task SetAccess_ToTheBound_CountsEachEntryOnce()
    {
        await using var service = await StartAsync();
        var info = await IndexAsync(service, "plan.txt", "The quokka plan.", "public");
        string[] most = [.. Enumerable.Range(0, AccessEntry.MaxCount).Select(i => $"user:u{i:000}")];

        var changed = await service.Documents.SetAccessAsync(Alice, info.Id, new AccessChange([.. most, .. most], WithoutMe: true), Cancellation);
        var refusal = await Should.ThrowAsync<ApiException>(() => service.Documents.SetAccessAsync(Alice, info.Id, new AccessChange([.. most, "public"]), Cancellation));

        changed.Access.ShouldBe(most);
        refusal.Status.ShouldBe(HttpStatusCode.BadRequest);
        refusal.Message.ShouldContain("at most 100 access entries; these are 101");
        refusal.Message.ShouldContain("group:NAME");
    }

    [Fact]
    public async Task Upload_ToTheBound_CountsEachEntryAndTagOnce()
    {
        await using var service = await StartAsync();
        string[] most = [.. Enumerable.Range(0, AccessEntry.MaxCount).Select(i => $"user:u{i:000}")];

        var info = await service.UploadAsync(Alice, "plan.txt", "The bilby plan.", [.. most, .. most]);
        var refusal = await Should.ThrowAsync<ApiException>(() => service.UploadAsync(Alice, "other.txt", "The numbat plan.", [.. most, "public"]));
        var tooLong = await Should.ThrowAsync<ApiException>(() => service.UploadAsync(Alice, "other.txt", "The numbat plan.", $"user:{new string('x', AccessEntry.MaxLength)}"));

        info.Access.ShouldBe(most);
        (refusal.Status, tooLong.Status).ShouldBe((HttpStatusCode.BadRequest, HttpStatusCode.BadRequest));
        refusal.Message.ShouldContain("at most 100 access entries");
        tooLong.Message.ShouldContain("at most 256 characters");
        service.CountOriginals("acme").ShouldBe(1);
    }

    [Fact]
    public async Task SetTags_ToTheBound_CountsEachTagOnce()
    {
        await using var service = await StartAsync();
        var info = await IndexAsync(service, "plan.txt", "The potoroo plan.", "public");
        string[] most = [.. Enumerable.Range(0, DocumentTag.MaxCount).Select(i => $"t{i:00}")];

        var changed = await service.Documents.SetTagsAsync(Alice, info.Id, new TagsChange([.. most, .. most]), Cancellation);
        var refusal = await Should.ThrowAsync<ApiException>(() => service.Documents.SetTagsAsync(Alice, info.Id, new TagsChange([.. most, "one more"]), Cancellation));

        changed.Tags.ShouldBe(most);
        refusal.Message.ShouldContain("at most 50 tags; these are 51");
    }

    [Fact]
    public async Task SetAccess_CutOffBeforeTheIndex_IsFinishedAtStart()
    {
        await using var service = await StartAsync();
        var info = await IndexAsync(service, "plan.txt", "The numbat plan.", "public");
        var documents = service.App.Services.GetRequiredService<IManifestStore>();
        var stored = (await documents.FindAsync("acme", info.Id, Cancellation))!;
        await documents.SaveAsync(stored.Manifest with { Access = ["user:alice"], AccessPending = true }, stored.ETag, Cancellation);

        await service.RestartAsync();
        await UntilAppliedAsync(service, info.Id);

        (await service.SearchAsync(Bob, "numbat")).ShouldBeEmpty();
        (await service.SearchAsync(Alice, "numbat")).ShouldHaveSingleItem();
    }

    private static async Task<DocumentInfo> IndexAsync(IngestionService service, string path, string text, params string[] access)
    {
        var uploaded = await service.UploadAsync(Alice, path, text, access);
        var info = await service.SettleAsync(Alice, uploaded.Id);
        info.Status.ShouldBe(DocumentStatus.Indexed, info.Reason);
        return info;
    }

    private static Task UntilAppliedAsync(IngestionService service, string id) => Eventually.HoldsAsync(async () =>
        !(await service.App.Services.GetRequiredService<IManifestStore>().FindAsync("acme", id, Cancellation))!.Manifest.AccessPending);
}
