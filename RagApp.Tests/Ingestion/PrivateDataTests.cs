using Microsoft.Extensions.DependencyInjection;
using RagApp.Benchmarks.Services;
using RagApp.Contracts.Documents;
using RagApp.Tests.Cache;
using RagApp.Tests.TestServices;
using static RagApp.Tests.Ingestion.IngestionService;

namespace RagApp.Tests.Ingestion;

/// <summary>Services write files that only their user can read, even when the umask that they inherit would let everybody read them.</summary>
public sealed class PrivateDataTests : IDisposable
{
    private readonly TemporaryFolder _temp = new();

    [Fact]
    public async Task Data_AfterADocumentWasTakenIn_IsTheServicesUsersAlone()
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "Windows has no file modes.");
        await using var service = await StartAsync();
        var data = Path.Combine(_temp.Path, "data");
        var work = Path.Combine(_temp.Path, "work");

        await service.RestartAsync(async () =>
        {
            var address = $"http://127.0.0.1:{FreePort.Next()}";
            using var process = IngestionProcess.Start(
                service, $"--urls={address}", $"--Identity:SigningKey={SigningKey}", $"--Storage:DataPath={data}", $"--Parser:TempPath={work}");
            try
            {
                await TakeInAsync(new Uri(address));

                Open(data).ShouldBeEmpty();
                Open(work).ShouldBeEmpty();
                Directory.EnumerateFiles(data, "service.sock", SearchOption.AllDirectories).ShouldHaveSingleItem();
                Directory.EnumerateFiles(Path.Combine(data, "index"), "*", SearchOption.AllDirectories).ShouldNotBeEmpty();
            }
            finally
            {
                process.Kill();
                await process.WaitForExitAsync(Cancellation);
            }
        });
    }

    [Fact]
    public async Task Data_OfTheCache_IsItsUsersAlone()
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "Windows has no file modes.");
        var data = Path.Combine(_temp.Path, "cache");
        using var cache = await CacheProcess.StartAsync(data);
        await using var redis = await cache.ConnectAsync();
        (await redis.GetDatabase().StringSetAsync("key", "value")).ShouldBeTrue();
        await redis.GetDatabase().ExecuteAsync("SAVE");

        Open(data).ShouldBeEmpty();
        Directory.EnumerateFiles(data, "*", SearchOption.AllDirectories).ShouldNotBeEmpty();
    }

    public void Dispose() => _temp.Dispose();

    private static async Task TakeInAsync(Uri service)
    {
        await using var clients = ClientServices(service, TimeProvider.System);
        var documents = clients.GetRequiredService<DocumentClient>();
        DocumentInfo? document = null;
        await Eventually.HoldsAsync(async () =>
        {
            try
            {
                document = await documents.UploadAsync(Alice, Multipart("a.md", "The axolotl."u8.ToArray()), Cancellation);
                return true;
            }
            catch (HttpRequestException)
            {
                return false; // the service does not listen yet
            }
        });
        await Eventually.HoldsAsync(async () => (await documents.GetAsync(Alice, document!.Id, Cancellation)).Status is DocumentStatus.Indexed);
    }

    /// <summary>Files and folders, including the folder itself, that users other than the owner could open.</summary>
    private static List<string> Open(string folder)
    {
        const UnixFileMode own = UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute;
        List<string> open = [];
        foreach (var entry in Directory.EnumerateFileSystemEntries(folder, "*", SearchOption.AllDirectories).Prepend(folder))
        {
            if (!OperatingSystem.IsWindows() && (File.GetUnixFileMode(entry) & ~own) is not UnixFileMode.None and var mode)
                open.Add($"{entry} {mode}");
        }
        return open;
    }
}
