using System.Net;
using Microsoft.Extensions.DependencyInjection;
using RagApp.Contracts.Documents;
using RagApp.Contracts.Http;
using RagApp.Storage.Documents.Manifests;
using RagApp.Storage.Journals;
using RagApp.Tests.TestServices;
using static RagApp.Tests.Ingestion.IngestionService;

namespace RagApp.Tests.Ingestion;

public sealed class DocumentAuditTests
{
    [Fact]
    public async Task Life_OfADocument_IsInTheJournalInItsOrder()
    {
        await using var service = await StartAsync();
        var first = await UploadAsync(service, "The first secret text.", "public");
        await service.Documents.SetAccessAsync(Alice, first.Id, new AccessChange(["group:finance", "user:bob"]), Cancellation);
        await UploadAsync(service, "The second secret text.");
        await UntilRecordedAsync(service, AuditActions.VersionRemoved);
        // Two concurrent saves write two records: a change is recorded before it is made, and the loser of a conflict retries.
        await Eventually.HoldsAsync(async () =>
            (await service.App.Services.GetRequiredService<IManifestStore>().FindAsync("acme", first.Id, Cancellation))!.Manifest.Superseded.Count == 0);
        await service.Documents.DeleteAsync(Alice, first.Id, Cancellation);

        var records = await ReadAsync(service);
        records.Select(record => $"{record.Actor} {record.Action} v{record.Version}").ShouldBe(
        [
            "user:alice document.uploaded v1",
            "service:document-ingestion document.version.indexed v1",
            "user:alice document.access.changed v1",
            "service:document-ingestion document.access.applied v1",
            "user:alice document.uploaded v2",
            "service:document-ingestion document.version.indexed v2",
            "service:document-ingestion document.version.removed v1",
            "user:alice document.deleted v2",
            "service:document-ingestion document.erased v2",
        ]);
        records.ShouldAllBe(record => record.DocumentId == first.Id && record.Details["sha256"].Length == 64 && record.TraceId != null);
        var change = records.Single(record => record.Action == AuditActions.AccessChanged).Details;
        (change["accessBefore"], change["accessAfter"]).ShouldBe(("public", "group:finance user:bob"));
        records.SelectMany(record => record.Details.Values).ShouldAllBe(value => !value.Contains("secret", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Failure_OfAVersion_IsRecordedWithoutItsReason()
    {
        await using var service = await StartAsync();
        var uploaded = await service.Documents.UploadAsync(Alice, Multipart("a.txt", [0x89, 0x50, 0x4E, 0x47, 1, 2]), Cancellation);
        (await service.SettleAsync(Alice, uploaded.Id)).Status.ShouldBe(DocumentStatus.Failed);

        (await ReadAsync(service))[^1].Action.ShouldBe(AuditActions.DocumentFailed);
    }

    [Fact]
    public async Task AnyChange_JournalCannotBeWritten_DoesNotHappen()
    {
        await using var service = await StartAsync();
        var info = await UploadAsync(service, "The gecko text.", "public");
        service.BreakJournal("acme");

        await RefusedAsync(service.Documents.SetAccessAsync(Alice, info.Id, new AccessChange(["user:alice"]), Cancellation));
        await RefusedAsync(service.Documents.DeleteAsync(Alice, info.Id, Cancellation));
        await RefusedAsync(service.UploadAsync(Alice, "other.txt", "Another text."));

        var manifests = await service.App.Services.GetRequiredService<IManifestStore>().ListAsync("acme", afterId: null, Cancellation).ToListAsync(Cancellation);
        var manifest = manifests.ShouldHaveSingleItem().Manifest;
        (manifest.Deleted, manifest.AccessPending).ShouldBe((false, false));
        manifest.Access.ShouldBe(["public"]);
        (await service.SearchAsync(Bob, "gecko")).ShouldNotBeEmpty();
    }

    private static async Task RefusedAsync(Task change) =>
        (await Should.ThrowAsync<ApiException>(change)).Status.ShouldBe(HttpStatusCode.InternalServerError);

    private static async Task<DocumentInfo> UploadAsync(IngestionService service, string text, params string[] access)
    {
        var uploaded = await service.UploadAsync(Alice, "a.txt", text, access);
        var info = await service.SettleAsync(Alice, uploaded.Id);
        info.Status.ShouldBe(DocumentStatus.Indexed, info.Reason);
        return info;
    }

    private static Task UntilRecordedAsync(IngestionService service, string action) =>
        Eventually.HoldsAsync(async () => (await ReadAsync(service)).Exists(record => record.Action == action));

    private static async Task<List<AuditRecord>> ReadAsync(IngestionService service) =>
        await service.App.Services.GetRequiredService<IAuditJournal>()
            .ReadAsync("acme", DateTimeOffset.MinValue, DateTimeOffset.MaxValue, Cancellation).ToListAsync(Cancellation);
}
