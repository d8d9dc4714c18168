using Microsoft.Extensions.DependencyInjection;
using RagApp.Contracts.Documents;
using RagApp.Storage.Documents.Manifests;
using RagApp.Storage.Index;
using RagApp.Tests.TestServices;
using static RagApp.Tests.Ingestion.IngestionService;
using static RagApp.Tests.Ingestion.Faults.DyingService;

namespace RagApp.Tests.Ingestion.Faults;

/// <summary>
/// Crashes the service after its first write, after its second, and so on until the work completes. Searches find the old
/// state or the new one, complete; after a restart the work is finished and no files are left over.
/// </summary>
public sealed class CrashTests
{
    private const int PassagesBefore = 2;
    private const int PassagesAfter = 3;

    private int _unacknowledged;

    [Fact]
    public Task FirstVersion_CrashAfterEveryWrite_IsWholeOrAbsentAndBecomesWhole() => AfterEveryWriteAsync(
        prepare: null,
        act: (service, path) => service.UploadAsync(Alice, path, After(path), "public"),
        meanwhile: found => found.Count.ShouldBeOneOf(0, PassagesAfter),
        finish: async (service, id, acknowledged) =>
        {
            if (!acknowledged && await FindAsync(service, id) is null)
                _unacknowledged++;
            else
                await ShouldEndAsAsync(service, id, version: 1, PassagesAfter);
        });

    [Fact]
    public Task SecondVersion_CrashAfterEveryWrite_OldOrNewAnswersAndItBecomesTheNewOne() => AfterEveryWriteAsync(
        prepare: (service, path) => service.UploadAsync(Alice, path, Before(path), "public"),
        act: (service, path) => service.UploadAsync(Alice, path, After(path)),
        meanwhile: found => (VersionOf(found), found.Count).ShouldBeOneOf((1, PassagesBefore), (2, PassagesAfter)),
        finish: async (service, id, acknowledged) =>
        {
            if (!acknowledged && (await FindAsync(service, id))!.Latest.Number == 1)
                _unacknowledged++;
            else
                await ShouldEndAsAsync(service, id, version: 2, PassagesAfter);
        });

    [Fact]
    public Task Delete_CrashAfterEveryWrite_IsWholeOrGoneAndAsked_IsGone() => AfterEveryWriteAsync(
        prepare: (service, path) => service.UploadAsync(Alice, path, Before(path), "public"),
        act: (service, path) => service.Documents.DeleteAsync(Alice, IdOf(path), Cancellation),
        meanwhile: found => found.Count.ShouldBeOneOf(0, PassagesBefore),
        finish: async (service, id, acknowledged) =>
        {
            if (acknowledged || await FindAsync(service, id) is not { Deleted: false })
                await Eventually.HoldsAsync(async () => await FindAsync(service, id) is null);
            else
                await ShouldEndAsAsync(service, id, version: 1, PassagesBefore);
        });

    [Fact]
    public Task AccessChange_CrashAfterEveryWrite_OldOrNewListHoldsAndItBecomesTheNewOne() => AfterEveryWriteAsync(
        prepare: (service, path) => service.UploadAsync(Alice, path, Before(path), "public"),
        act: (service, path) => service.Documents.SetAccessAsync(Alice, IdOf(path), new AccessChange(["group:finance"]), Cancellation),
        meanwhile: found => found.Count.ShouldBeOneOf(0, PassagesBefore),
        finish: async (service, id, acknowledged) =>
        {
            var manifest = (await FindAsync(service, id))!;
            var changed = manifest.Access.SequenceEqual(["group:finance"]);
            (changed || !acknowledged).ShouldBeTrue();
            await Eventually.HoldsAsync(async () => (await FindAsync(service, id)) is { AccessPending: false });
            (await service.SearchAsync(Alice, WordOf(manifest.Path))).Count.ShouldBe(PassagesBefore);
            (await service.SearchAsync(Bob, WordOf(manifest.Path))).Count.ShouldBe(changed ? 0 : PassagesBefore);
        });

    /// <param name="prepare">Action that prepares the state; it runs without a crash.</param>
    /// <param name="act">Action during which the service crashes; it fails when the crash comes before the response.</param>
    /// <param name="meanwhile">Check of the search results while the service is down.</param>
    /// <param name="finish">Waits after the restart until the work is done; receives whether <c>act</c> was acknowledged.</param>
    private async Task AfterEveryWriteAsync(
        Func<IngestionService, string, Task>? prepare,
        Func<IngestionService, string, Task> act,
        Action<IReadOnlyList<FoundChunk>> meanwhile,
        Func<IngestionService, string, bool, Task> finish)
    {
        var point = new CrashPoint();
        await using var service = await StartAsync(services => services.DieAt(point), "--Processing:Workers=1", "--Logging:LogLevel:Default=None");
        for (var writes = 0; ; writes++)
        {
            var path = $"{Word(writes)}.md";
            if (prepare is not null)
            {
                await prepare(service, path);
                await Eventually.HoldsAsync(() => IsIdleAsync(service));
            }
            point.Arm(writes);
            var acknowledged = await TryAsync(() => act(service, path));
            await Eventually.HoldsAsync(async () => point.IsReached || await IsIdleAsync(service));
            if (!point.IsReached)
            {
                (acknowledged, writes).ShouldBe((true, writes), "nothing failed, and it died of nothing");
                writes.ShouldBeGreaterThan(3, "the case has more steps than that");
                break;
            }

            TestContext.Current.TestOutputHelper?.WriteLine($"after {writes} writes, the last {point.LastWrite}");
            point = new CrashPoint();
            await service.RestartAsync(async () =>
            {
                meanwhile(await service.SearchAsync(Bob, WordOf(path)));
                service.Time.Forward(TimeSpan.FromMinutes(1)); // lets the lease of the crashed worker expire
            });
            await finish(service, IdOf(path), acknowledged);
            await Eventually.HoldsAsync(() => IsIdleAsync(service));
            await ShouldLeaveNothingOverAsync(service);
        }
    }

    private static async Task ShouldEndAsAsync(IngestionService service, string id, int version, int passages)
    {
        var info = await service.SettleAsync(Alice, id);
        info.Status.ShouldBe(DocumentStatus.Indexed, info.Reason);
        info.SearchableVersion.ShouldBe(version);
        var found = await service.SearchAsync(Bob, WordOf(info.Path));
        (VersionOf(found), found.Count).ShouldBe((version, passages));
    }

    /// <summary>Asserts that a manifest names every stored file, except originals whose upload was cut off before it had a manifest.</summary>
    private async Task ShouldLeaveNothingOverAsync(IngestionService service)
    {
        var wanted = new HashSet<string>(StringComparer.Ordinal);
        var documents = service.App.Services.GetRequiredService<IManifestStore>();
        await foreach (var (manifest, _) in documents.ListAsync("acme", afterId: null, Cancellation))
        {
            wanted.Add($"originals/{manifest.Latest.OriginalId}");
            wanted.Add($"documents/{manifest.Id}/manifest.json");
            wanted.Add($"documents/{manifest.Id}/v{manifest.Searchable!.Number}-{manifest.Incarnation}/content.json");
            wanted.Add($"documents/{manifest.Id}/v{manifest.Searchable!.Number}-{manifest.Incarnation}/vectors-{FakeEmbeddings.Model}.bin");
            manifest.Superseded.ShouldBeEmpty();
        }

        var root = Path.Combine(service.DataPath, "blobs", "tenants", "acme");
        Directory.CreateDirectory(root);
        var left = Directory.EnumerateFiles(root, "*", SearchOption.AllDirectories)
            .Select(file => Path.GetRelativePath(root, file).Replace('\\', '/'))
            .Where(file => file.StartsWith("originals/", StringComparison.Ordinal) || file.StartsWith("documents/", StringComparison.Ordinal))
            .Where(file => !wanted.Remove(file))
            .ToList();
        wanted.ShouldBeEmpty();
        left.ShouldAllBe(file => file.StartsWith("originals/", StringComparison.Ordinal));
        left.Count.ShouldBeLessThanOrEqualTo(_unacknowledged);
    }

    private static int VersionOf(IReadOnlyList<FoundChunk> found) => found.Select(chunk => chunk.Version).Distinct().ShouldHaveSingleItem();

    /// <summary>A word that is in every passage of the document and in no other document.</summary>
    private static string WordOf(string path) => path.Split('.')[0];

    private static string Word(int number) => $"zyx{(char)('a' + (number / 26))}{(char)('a' + (number % 26))}qu";

    private static string Before(string path) => Text(path, PassagesBefore, "was");

    private static string After(string path) => Text(path, PassagesAfter, "is");

    private static string Text(string path, int passages, string verb) => string.Join('\n', Enumerable.Range(1, passages)
        .Select(part => $"# Part {part}\n\nWhat part {part} of {WordOf(path)} {verb} about.\n"));
}
