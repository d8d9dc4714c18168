using System.Diagnostics;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using RagApp.Contracts.Documents;
using RagApp.Ingestion.Maintenance;
using RagApp.Storage.Documents;
using RagApp.Storage.Index;
using RagApp.Tests.TestServices;
using static RagApp.Tests.Ingestion.IngestionService;

namespace RagApp.Tests.Ingestion.Maintenance;

/// <summary>Maintenance commands as users type them, and a service that is killed during a command; both are real processes.</summary>
public sealed class ProcessTests
{
    private const string Other = "Fake/12";

    [Fact]
    public async Task Command_ServiceRuns_ItsSocketIsFoundByTheDataFolderAlone()
    {
        await using var service = await StartAsync();
        await service.IndexAsync(Alice, "a.md", "The axolotl.", "public");

        var run = await CommandAsync("sweep", "--data", service.DataPath);

        run.ShouldSatisfyAllConditions(
            () => run.Exit.ShouldBe(MaintenanceExit.Done, run.Error),
            () => run.Output.ShouldContain("0 orphans found, 0 mended: looked at 1 documents and 1 chunks."),
            () => run.Output.ShouldNotContain("No service is running"));
    }

    [Fact]
    public async Task Command_ServiceOnlyWithoutAService_DoesNothing()
    {
        using var data = new TemporaryFolder();

        var run = await CommandAsync("sweep", "--service-only", "--data", data.Path);

        run.Exit.ShouldBe(MaintenanceExit.Failed);
        run.Error.ShouldContain($"No service is running on {data.Path}.");
        Directory.EnumerateFileSystemEntries(data.Path).ShouldBeEmpty();
    }

    [Fact]
    public async Task Command_ServiceAndRedisAreDown_SweepsAndRebuildsByItself()
    {
        await using var service = await StartAsync();
        var info = await service.IndexAsync(Alice, "a.md", "The axolotl.", "public");
        await service.App.Services.GetRequiredService<IChunkIndexWriter>().RemoveAsync("acme", [info.Id], Cancellation);
        (int Exit, string Output, string Error) sweep = (0, "", ""), rebuild = sweep, reembed = sweep;

        await service.RestartAsync(async () =>
        {
            sweep = await CommandAsync("sweep", $"--data={service.DataPath}");
            rebuild = await CommandAsync("rebuild-index", "--data", service.DataPath);
            reembed = await CommandAsync("reembed", "--model", "x", "--data", service.DataPath);
        });

        sweep.Exit.ShouldBe(MaintenanceExit.Found, sweep.Error);
        sweep.Output.ShouldContain($"No service is running on {service.DataPath}");
        sweep.Output.ShouldContain("1 orphans found, 1 mended");
        rebuild.Exit.ShouldBe(MaintenanceExit.Done, rebuild.Error);
        rebuild.Output.ShouldContain("acme: 1 documents, 1 chunks");
        reembed.Exit.ShouldBe(MaintenanceExit.Failed);
        (await service.SearchAsync(Bob, "axolotl")).ShouldHaveSingleItem();
    }

    [Fact]
    public async Task Reembed_ServiceIsKilledInTheMiddle_OldIndexAnswersAndNothingIsPaidTwice()
    {
        await using var service = await StartAsync();
        for (var i = 0; i < 6; i++)
            await service.IndexAsync(Alice, $"{i}.md", $"The axolotl number {i}.", "public");
        service.Embeddings.Models = [new(FakeEmbeddings.Model, FakeEmbeddings.Dimension, 512, 0.5), new(Other, 12, 512, 0.5)];
        service.Embeddings.Texts.Clear();
        var third = new TaskCompletionSource();
        service.Embeddings.Before = request =>
            service.Embeddings.Texts.Count < 3 ? Task.FromResult<IResult?>(null) : Held(third);

        await service.RestartAsync(async () =>
        {
            using var process = IngestionProcess.Start(service);
            var running = RunWhenReadyAsync(service.DataPath, "reembed", "--model", Other);
            await Task.WhenAny(third.Task, running).WaitAsync(TimeSpan.FromSeconds(60), Cancellation);
            process.Kill();
            await process.WaitForExitAsync(Cancellation);
            await Should.ThrowAsync<VerbException>(running);
        });

        service.Embeddings.Before = _ => Task.FromResult<IResult?>(null);
        (await service.SearchAsync(Bob, "axolotl")).Count.ShouldBe(6);
        var index = service.App.Services.GetRequiredService<IIndexGenerations>();
        (await index.FindCurrentAsync("acme", Cancellation)).ShouldNotBeNull().Model.ShouldBe(FakeEmbeddings.Model);
        (await index.ListLeftAsync("acme", Cancellation)).ShouldHaveSingleItem();
        var sweep = await Verbs.RunAsync(service.DataPath, "sweep");
        sweep.Lines.ShouldContain(line => line.Contains("IndexGenerationLeft", StringComparison.Ordinal));
        sweep.Lines[^1].ShouldStartWith("1 orphans found, 1 mended");
        var paid = service.Embeddings.Texts.Count;
        // The second run embeds again only those texts that were answered but not yet stored when the process was killed.
        var kept = await service.App.Services.GetRequiredService<StoreInspection>().WalkAsync("acme", Cancellation)
            .CountAsync(document => document.Versions.Any(version => version.Models.Contains(Other)), Cancellation);
        kept.ShouldBeGreaterThan(0);

        var again = await Verbs.RunAsync(service.DataPath, "reembed", "--model", Other);

        again.Exit.ShouldBe(MaintenanceExit.Done, again.End.Text);
        again.Lines.ShouldContain($"acme: {6 - kept} passages embedded with {Other}, {kept} had vectors of it already; old vectors of 6 versions removed");
        service.Embeddings.Texts.Count.ShouldBe(paid + 6 - kept);
        (await service.SearchAsync(Bob, "axolotl")).Count.ShouldBe(6);
        (await Verbs.RunAsync(service.DataPath, "sweep")).Exit.ShouldBe(MaintenanceExit.Done);
    }

    [Fact]
    public async Task Snapshot_IndexIsLostAndRestored_WhatCameAfterwardsIsThereAgain()
    {
        await using var service = await StartAsync("--Sweep:Grace=00:00:00");
        using var folder = new TemporaryFolder();
        var snapshot = Path.Combine(folder.Path, "index");
        await service.IndexAsync(Alice, "before.md", "The axolotl.", "public");
        var revoked = await service.IndexAsync(Alice, "revoked.md", "The tapir.", "public");

        var taken = await CommandAsync("snapshot-index", "--to", snapshot, "--data", service.DataPath);
        await service.IndexAsync(Alice, "after.md", "The numbat.", "public");
        await service.Documents.SetAccessAsync(Alice, revoked.Id, new AccessChange(["user:alice"]), Cancellation);
        await service.RestartAsync(() =>
        {
            Directory.Delete(Path.Combine(service.DataPath, "index"), recursive: true);
            return Task.CompletedTask;
        });
        var restored = await CommandAsync("restore-index", "--from", snapshot, "--data", service.DataPath);

        taken.Exit.ShouldBe(MaintenanceExit.Done, taken.Error);
        taken.Output.ShouldContain($"The index is in {snapshot}");
        restored.Exit.ShouldBe(MaintenanceExit.Found, restored.Error);
        restored.Output.ShouldContain("Before searches used the copy, 1 documents in it got their current access list, and 0 were removed.");
        restored.Output.ShouldContain("1 orphans found, 1 mended");
        (await service.SearchAsync(Bob, "axolotl")).ShouldHaveSingleItem();
        (await service.SearchAsync(Bob, "numbat")).ShouldHaveSingleItem();
        (await service.SearchAsync(Bob, "tapir")).ShouldBeEmpty();
        (await service.SearchAsync(Alice, "tapir")).ShouldHaveSingleItem();
    }

    [Fact]
    public async Task Restore_SnapshotIsDamaged_IndexGoesOn()
    {
        await using var service = await StartAsync();
        using var folder = new TemporaryFolder();
        await service.IndexAsync(Alice, "a.md", "The axolotl.", "public");
        (await Verbs.RunAsync(service.DataPath, "snapshot-index", "--to", folder.Path)).Exit.ShouldBe(MaintenanceExit.Done);
        var largest = new DirectoryInfo(folder.Path).EnumerateFiles("*", SearchOption.AllDirectories).MaxBy(file => file.Length)!;
        await File.WriteAllTextAsync(largest.FullName, "not what it was", Cancellation);

        var restored = await Verbs.RunAsync(service.DataPath, "restore-index", "--from", folder.Path);
        var relative = await Verbs.RunAsync(service.DataPath, "snapshot-index", "--to", "somewhere");
        var full = await Verbs.RunAsync(service.DataPath, "snapshot-index", "--to", folder.Path);

        (restored.Exit, relative.Exit, full.Exit).ShouldBe((MaintenanceExit.Failed, MaintenanceExit.Usage, MaintenanceExit.Failed));
        restored.End.Text.ShouldContain("The index is as it was");
        (await service.SearchAsync(Bob, "axolotl")).ShouldHaveSingleItem();
    }

    private static async Task<IResult?> Held(TaskCompletionSource reached)
    {
        reached.TrySetResult();
        await Task.Delay(Timeout.InfiniteTimeSpan, TimeProvider.System, Cancellation);
        return null;
    }

    private static async Task<VerbRun> RunWhenReadyAsync(string dataPath, string verb, params string[] args)
    {
        await Eventually.HoldsAsync(async () =>
        {
            using var connection = await MaintenanceSocket.TryConnectAsync(MaintenanceSocket.PathsFor(dataPath)[0], Cancellation);
            return connection is not null;
        });
        return await Verbs.RunAsync(dataPath, verb, args);
    }

    private static async Task<(int Exit, string Output, string Error)> CommandAsync(params string[] args)
    {
        var start = new ProcessStartInfo("dotnet", [Repository.BuiltOutput("RagApp.Ingestion"), MaintenanceCommand.Verb, .. args])
        {
            UseShellExecute = false,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        using var process = Process.Start(start)!;
        var (output, error) = (process.StandardOutput.ReadToEndAsync(Cancellation), process.StandardError.ReadToEndAsync(Cancellation));
        await process.WaitForExitAsync(Cancellation);
        return (process.ExitCode, await output, await error);
    }
}
