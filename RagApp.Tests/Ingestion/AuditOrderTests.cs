using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using RagApp.Contracts.Documents;
using RagApp.Contracts.Identity;
using RagApp.Ingestion.Intake;
using RagApp.Storage.Documents;
using RagApp.Storage.Documents.Manifests;
using RagApp.Storage.Documents.Originals;
using RagApp.Storage.Journals;
using RagApp.Storage.S3;
using RagApp.Tests.TestServices;
using RagApp.Tests.TestServices.S3;

namespace RagApp.Tests.Ingestion;

/// <summary>
/// A crash leaves no change without an audit record. Each action is cut off after its first write to the store, after its
/// second, and so on until it completes.
/// </summary>
public sealed class AuditOrderTests : IAsyncLifetime
{
    private readonly TemporaryFolder _data = new();
    private S3StandIn _bucket = null!;
    private WebApplication _app = null!;

    private IManifestStore Documents => _app.Services.GetRequiredService<IManifestStore>();

    private IOriginalStore Originals => _app.Services.GetRequiredService<IOriginalStore>();

    private DocumentLibrary Library => _app.Services.GetRequiredService<DocumentLibrary>();

    public async ValueTask InitializeAsync()
    {
        _bucket = await S3StandIn.StartAsync(Cancellation);
        _app = RagApp.Ingestion.Program.Build(
        [
            .. ServiceSettings.Common, .. _bucket.Settings, $"--Storage:DataPath={_data.Path}",
            "--ConnectionStrings:redis=127.0.0.1:1,connectTimeout=50,connectRetry=0", ServiceSettings.Address("embedding"),
        ]);
    }

    public async ValueTask DisposeAsync()
    {
        await _app.DisposeAsync();
        await _bucket.DisposeAsync();
        _data.Dispose();
    }

    [Fact]
    public async Task Upload_CutOffAnywhere_NoVersionWithoutItsRecord() => await CutOffEverywhereAsync(
        async principal =>
        {
            var original = await Originals.WriteAsync(principal.Tenant, new MemoryStream([1, 2, 3]), maxBytes: 10, Cancellation);
            await _app.Services.GetRequiredService<DocumentIntake>().AcceptAsync(principal, new Upload("new.txt", [], Source: null, Tags: [], JobPriority.Interactive, original), Cancellation);
        },
        async tenant =>
        {
            if (await Documents.FindAsync(tenant, DocumentIds.For(tenant, "new.txt"), Cancellation) is { Manifest.Latest: var version })
                (await RecordsAsync(tenant)).ShouldContain(record => record.Action == AuditActions.DocumentUploaded && record.Details["sha256"] == version.Sha256);
        },
        fewest: 3);

    [Fact]
    public async Task SetAccess_CutOffAnywhere_NoListWithoutItsRecord() => await CutOffEverywhereAsync(
        principal => Library.SetAccessAsync(principal, IdOf(principal.Tenant), new AccessChange(["user:bob"], WithoutMe: true), Cancellation),
        async tenant =>
        {
            var manifest = (await Documents.FindAsync(tenant, IdOf(tenant), Cancellation))!.Manifest;
            var records = await RecordsAsync(tenant);
            if (manifest.Access[0] != "public")
                records.ShouldContain(record => record.Action == AuditActions.AccessChanged && record.Details["accessAfter"] == "user:bob");
            if (manifest.Access[0] != "public" && !manifest.AccessPending)
                records.ShouldContain(record => record.Action == AuditActions.AccessApplied);
        },
        fewest: 4);

    [Fact]
    public async Task Delete_CutOffAnywhere_NothingGoneWithoutItsRecord() => await CutOffEverywhereAsync(
        principal => Library.DeleteAsync(principal, IdOf(principal.Tenant), Cancellation),
        async tenant =>
        {
            var manifest = (await Documents.FindAsync(tenant, IdOf(tenant), Cancellation))?.Manifest;
            var records = await RecordsAsync(tenant);
            if (manifest is null or { Deleted: true })
                records.ShouldContain(record => record.Action == AuditActions.DocumentDeleted);
            if (manifest is null)
                records.ShouldContain(record => record.Action == AuditActions.DocumentErased);
        },
        fewest: 6);

    /// <summary>Runs the action with every number of permitted writes; each round has its own tenant with one indexed public document.</summary>
    private async Task CutOffEverywhereAsync(Func<Principal, Task> act, Func<string, Task> check, int fewest)
    {
        for (var writes = 0; ; writes++)
        {
            var principal = new Principal($"tenant-{writes}", "alice", [], [], Region: null);
            await SeedAsync(principal.Tenant);
            var done = await TryAsync(act, principal, writes);
            await check(principal.Tenant);
            if (!done)
                continue;
            writes.ShouldBeGreaterThanOrEqualTo(fewest);
            return;
        }
    }

    /// <summary>Runs the action with at most <paramref name="writes"/> writes; false when the action attempted more.</summary>
    private async Task<bool> TryAsync(Func<Principal, Task> act, Principal principal, int writes)
    {
        var refused = false;
        _bucket.Fault = request =>
        {
            if (HttpMethods.IsGet(request.Method) || HttpMethods.IsHead(request.Method) || writes-- > 0)
                return S3Fault.None;
            refused = true;
            return S3Fault.Refuse;
        };
        try
        {
            await act(principal);
        }
        catch (Exception exception) when (exception is S3Exception || !refused)
        {
            // The store refused a write; or all writes succeeded and the missing queue failed.
        }
        _bucket.Fault = _ => S3Fault.None;
        return !refused;
    }

    private async Task SeedAsync(string tenant)
    {
        var original = await Originals.WriteAsync(tenant, new MemoryStream([1]), maxBytes: 10, Cancellation);
        var version = new DocumentVersion(
            1, original.Id, original.Sha256, original.Size, "text/plain", "Title", DocumentStatus.Indexed, Reason: null, [], 0, 0, DateTimeOffset.UnixEpoch);
        await Documents.SaveAsync(
            new DocumentManifest(tenant, IdOf(tenant), "a.txt", ["public"], "alice", DateTimeOffset.UnixEpoch, DateTimeOffset.UnixEpoch, version, version),
            etag: null, Cancellation);
    }

    private async Task<List<AuditRecord>> RecordsAsync(string tenant) => await _app.Services.GetRequiredService<IAuditJournal>()
        .ReadAsync(tenant, DateTimeOffset.MinValue, DateTimeOffset.MaxValue, Cancellation).ToListAsync(Cancellation);

    private static string IdOf(string tenant) => DocumentIds.For(tenant, "a.txt");
}
