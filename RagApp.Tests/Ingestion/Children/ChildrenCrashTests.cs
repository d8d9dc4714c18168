using Microsoft.Extensions.DependencyInjection;
using RagApp.Contracts.Documents;
using RagApp.Storage.Documents.Manifests;
using RagApp.Storage.Index;
using RagApp.Tests.Ingestion.Faults;
using RagApp.Tests.TestServices;
using static RagApp.Tests.Ingestion.IngestionService;
using static RagApp.Tests.Ingestion.Faults.DyingService;

namespace RagApp.Tests.Ingestion.Children;

/// <summary>
/// Crashes the service during the work on an e-mail and its attachments, after every few writes, until the work completes.
/// After a restart, and after the sender repeats an unanswered request, the state is as if there had been no crash.
/// </summary>
public sealed class ChildrenCrashTests
{
    [Fact]
    public Task Upload_Crash_MailAndAttachmentsAreThereOnce() => AfterWritesAsync(
        stride: 13,
        prepare: null,
        act: (service, path) => service.Documents.UploadAsync(Alice, Multipart(path, Mail("one", "two"), "public"), Cancellation),
        isDone: (service, path) => HasAsync(service, path, "one", "two"));

    [Fact]
    public Task Upload_NewVersionAndCrash_OnlyItsAttachmentsAreThere() => AfterWritesAsync(
        stride: 17,
        prepare: (service, path) => service.Documents.UploadAsync(Alice, Multipart(path, Mail("one", "two"), "public"), Cancellation),
        act: (service, path) => service.Documents.UploadAsync(Alice, Multipart(path, Mail("two", "three")), Cancellation),
        isDone: (service, path) => HasAsync(service, path, "two", "three"));

    [Fact]
    public Task Delete_Crash_NothingStays() => AfterWritesAsync(
        stride: 9,
        prepare: (service, path) => service.Documents.UploadAsync(Alice, Multipart(path, Mail("one", "two"), "public"), Cancellation),
        act: (service, path) => service.Documents.DeleteAsync(Alice, IdOf(path), Cancellation),
        isDone: (service, path) => HasNothingAsync(service, path));

    [Fact]
    public Task SetAccess_Crash_EverythingHasTheNewList() => AfterWritesAsync(
        stride: 7,
        prepare: (service, path) => service.Documents.UploadAsync(Alice, Multipart(path, Mail("one", "two"), "public"), Cancellation),
        act: (service, path) => service.Documents.SetAccessAsync(Alice, IdOf(path), new AccessChange(["group:finance"]), Cancellation),
        isDone: (service, path) => IsForFinanceAsync(service, path));

    private static async Task AfterWritesAsync(
        int stride, Func<IngestionService, string, Task>? prepare, Func<IngestionService, string, Task> act, Func<IngestionService, string, Task<bool>> isDone)
    {
        var point = new CrashPoint();
        await using var service = await StartAsync(services => services.DieAt(point), "--Processing:Workers=1", "--Logging:LogLevel:Default=None");
        for (var writes = 1; ; writes += stride)
        {
            var path = $"{writes}.eml";
            if (prepare is not null)
            {
                await prepare(service, path);
                await Eventually.HoldsAsync(() => IsIdleAsync(service));
            }
            point.Arm(writes);
            var acknowledged = await TryAsync(() => act(service, path));
            await Eventually.HoldsAsync(async () => point.IsReached || await IsIdleAsync(service));
            var died = point.IsReached;
            TestContext.Current.TestOutputHelper?.WriteLine(died ? $"after {writes} writes, the last {point.LastWrite}" : "to the end");
            if (died)
            {
                point = new CrashPoint();
                await service.RestartAsync(() =>
                {
                    service.Time.Forward(TimeSpan.FromMinutes(1)); // lets the lease of the crashed worker expire
                    return Task.CompletedTask;
                });
            }
            if (!acknowledged)
                await TryAsync(() => act(service, path)); // the sender repeats the request; a deleted document stays deleted
            await Eventually.HoldsAsync(async () => await IsIdleAsync(service) && await isDone(service, path));
            await ShouldLeaveNothingOverAsync(service);
            if (!died)
                return;
        }
    }

    private static byte[] Mail(params string[] attachments) =>
        MailFile.With("Figures", "The okapi mail.", [.. attachments.Select(name => ($"{name}.txt", $"The text of {name}."))]);

    private static async Task<bool> HasAsync(IngestionService service, string path, params string[] attachments)
    {
        if (await FindAsync(service, IdOf(path)) is not { Latest.Status: DocumentStatus.Indexed, Children: 2 } mail)
            return false;
        var children = (await service.Documents.ListChildrenAsync(Bob, mail.Id, new(), null, null, Cancellation)).Documents;
        return children.Select(child => child.Path).SequenceEqual(attachments.Select(name => $"{path}/{name}.txt").Order(StringComparer.Ordinal))
            && children.All(child => child is { Version: 1, Status: DocumentStatus.Indexed })
            && (await FoundByAsync(service, path)).SequenceEqual([path, .. children.Select(child => child.Path)]);
    }

    private static async Task<bool> HasNothingAsync(IngestionService service, string path) =>
        await FindAsync(service, IdOf(path)) is null
        && await FindAsync(service, IdOf($"{path}/one.txt")) is null
        && await FindAsync(service, IdOf($"{path}/two.txt")) is null
        && !(await FoundByAsync(service, path)).Any();

    private static async Task<bool> IsForFinanceAsync(IngestionService service, string path)
    {
        if (await FindAsync(service, IdOf(path)) is not { AccessPending: false, Access: ["group:finance"] })
            return false;
        foreach (var member in (string[])[path, $"{path}/one.txt", $"{path}/two.txt"])
            (await service.Documents.GetAsync(Alice, IdOf(member), Cancellation)).Access.ShouldBe(["group:finance"]);
        return !(await FoundByAsync(service, path)).Any();
    }

    /// <summary>Paths of the e-mail and its attachments that Bob finds.</summary>
    private static async Task<IEnumerable<string>> FoundByAsync(IngestionService service, string path)
    {
        var found = await service.SearchAsync(Bob, new ChunkQuery("okapi text", null, null, 1_000));
        return found.Keyword.Select(scored => scored.Chunk.Path)
            .Where(place => place == path || place.StartsWith($"{path}/", StringComparison.Ordinal)).Distinct().Order(StringComparer.Ordinal);
    }

    /// <summary>Asserts that every stored file belongs to an existing document, except originals that were being written at the crash.</summary>
    private static async Task ShouldLeaveNothingOverAsync(IngestionService service)
    {
        var manifests = await service.App.Services.GetRequiredService<IManifestStore>().ListAsync("acme", null, Cancellation)
            .Select(stored => stored.Manifest).ToDictionaryAsync(manifest => manifest.Id, StringComparer.Ordinal, Cancellation);
        var root = Path.Combine(service.DataPath, "blobs", "tenants", "acme", "documents");
        if (!Directory.Exists(root))
            return;
        foreach (var parts in Directory.EnumerateFiles(root, "*", SearchOption.AllDirectories).Select(file => Path.GetRelativePath(root, file).Split(Path.DirectorySeparatorChar)))
        {
            var manifest = manifests.GetValueOrDefault(parts[0]).ShouldNotBeNull(string.Join('/', parts));
            (parts[1] is "manifest.json" || parts[1] == $"v{manifest.Searchable?.Number}-{manifest.Incarnation}" || (parts[1] == $"tree-{manifest.Incarnation}.json" && manifest.Origin is null)).ShouldBeTrue(string.Join('/', parts));
        }
        foreach (var manifest in manifests.Values)
            (manifest.Origin is null || manifests.ContainsKey(manifest.Origin.ParentId)).ShouldBeTrue($"{manifest.Path} has lost its parent");
    }
}
