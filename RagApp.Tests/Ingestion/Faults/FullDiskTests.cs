using System.Diagnostics;
using System.Net;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using RagApp.Contracts.Documents;
using RagApp.Contracts.Http;
using RagApp.Storage.Queue;
using RagApp.Tests.TestServices;
using static RagApp.Tests.Ingestion.IngestionService;

namespace RagApp.Tests.Ingestion.Faults;

/// <summary>The service with its data folder on a disk of 16 MB that becomes full.</summary>
public sealed class FullDiskTests : IAsyncLifetime
{
    private readonly TemporaryFolder _disk = new();
    private bool _mounted;

    private string Filler => Path.Combine(_disk.Path, "filler");

    public async ValueTask InitializeAsync()
    {
        _mounted = OperatingSystem.IsLinux() && await RunAsync("mount", "-t", "tmpfs", "-o", "size=16m", "tmpfs", _disk.Path);
        Assert.SkipUnless(_mounted, "A small disk cannot be mounted here.");
    }

    [Fact]
    public async Task Upload_DoesNotFit_IsRefusedAndLeavesNothing()
    {
        await using var service = await StartAsync($"--Storage:DataPath={_disk.Path}");

        var refused = await Should.ThrowAsync<ApiException>(service.Documents.UploadAsync(Alice, Multipart("large.bin", new byte[20 << 20]), Cancellation));

        refused.Status.ShouldBe(HttpStatusCode.InsufficientStorage);
        Directory.EnumerateFiles(_disk.Path, "*", SearchOption.AllDirectories).Select(file => Path.GetRelativePath(_disk.Path, file))
            .Where(file => Path.GetFileName(file) != "keys.json") // the tenant's key, which later uploads use
            .ShouldNotContain(file => file.StartsWith("blobs", StringComparison.Ordinal) || file.StartsWith("tmp", StringComparison.Ordinal));
        var small = await service.UploadAsync(Alice, "small.md", "The axolotl.");
        (await service.SettleAsync(Alice, small.Id)).Status.ShouldBe(DocumentStatus.Indexed);
    }

    [Fact]
    public async Task Disk_FullInTheMiddle_DocumentWaitsForRoomAndArrives()
    {
        await using var service = await StartAsync($"--Storage:DataPath={_disk.Path}", "--Queue:MaxAttempts=1");
        var (reached, release) = (new TaskCompletionSource(), new TaskCompletionSource());
        service.Embeddings.Before = async _ =>
        {
            reached.TrySetResult();
            await release.Task;
            return (IResult?)null;
        };
        try
        {
            var document = await service.UploadAsync(Alice, "a.md", "The axolotl.");
            await reached.Task.WaitAsync(TimeSpan.FromSeconds(60), Cancellation);
            FillUp();
            release.SetResult();
            var queue = service.App.Services.GetRequiredService<IJobQueue>();
            await Eventually.HoldsAsync(async () => (await queue.GetDepthAsync(Cancellation)).Delayed > 0);
            (await service.Documents.GetAsync(Alice, document.Id, Cancellation)).Status.ShouldBe(DocumentStatus.Embedding);

            File.Delete(Filler);
            service.Time.Forward(TimeSpan.FromMinutes(1));

            // a full disk does not use up the job's only attempt
            (await service.SettleAsync(Alice, document.Id)).Status.ShouldBe(DocumentStatus.Indexed);
        }
        finally
        {
            release.TrySetResult();
        }
    }

    public async ValueTask DisposeAsync()
    {
        if (_mounted)
            await RunAsync("umount", "-l", _disk.Path);
        _disk.Dispose();
    }

    private void FillUp()
    {
        using var filler = File.Create(Filler, bufferSize: 0);
        var chunk = new byte[64 << 10];
        try
        {
            while (true)
                filler.Write(chunk);
        }
        catch (IOException)
        {
            // The disk is full.
        }
    }

    private static async Task<bool> RunAsync(string program, params string[] arguments)
    {
        using var process = Process.Start(new ProcessStartInfo(program, arguments) { UseShellExecute = false, RedirectStandardError = true })!;
        await process.WaitForExitAsync();
        return process.ExitCode == 0;
    }
}
