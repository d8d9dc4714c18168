using System.Diagnostics;
using RagApp.Contracts.Documents;
using RagApp.Tests.TestServices;

namespace RagApp.Tests.EndToEnd;

/// <summary>Start and end of the whole system: data that survives a restart, and processes and files that must not remain.</summary>
public sealed class LifecycleTests
{
    private const string WithoutDashboard = "--Dashboard:Enabled=false";

    [Fact]
    public async Task Restart_AfterKill_DocumentsAnswerAgainAndNoProcessIsLeft()
    {
        using var data = new TemporaryFolder();
        DocumentInfo document;
        await using (var first = await AppHostProcess.StartAsync(data.Path, home: null, WithoutDashboard))
        {
            using var alice = new GatewayApi(first.Gateway, "demo-alice");
            document = await alice.UploadTextAsync("restart/lamp.md", "# Lamps\n\nThe lighthouse lamp is a Fresnel lens of order three.", Cancellation, "public");
            await alice.WaitUntilDoneAsync(document.Id, Cancellation);
            first.Processes("RagApp.").Count.ShouldBeGreaterThanOrEqualTo(7);

            await first.KillAsync();

            await Eventually.HoldsAsync(() => first.Processes().Count == 0);
        }

        await using var second = await AppHostProcess.StartAsync(data.Path, home: null, WithoutDashboard);
        using var again = new GatewayApi(second.Gateway, "demo-alice");
        (await again.SearchAsync("Which lens is in the lighthouse lamp?", Cancellation)).Hits
            .ShouldContain(hit => hit.DocumentId == document.Id);
    }

    [Fact]
    public async Task Crash_OneService_StartsAgainAndSaysSo()
    {
        using var data = new TemporaryFolder();
        await using var app = await AppHostProcess.StartAsync(data.Path, home: null, WithoutDashboard);
        var crashed = app.Processes("RagApp.Embedding.dll").ShouldHaveSingleItem();

        using (var process = Process.GetProcessById(crashed))
            process.Kill();

        await app.UntilAsync(() => app.Processes("RagApp.Embedding.dll") is [var again] && again != crashed);
        app.Output.ShouldMatch("embedding-[a-z]+ ended by itself and starts again in 1 s");
        using var alice = new GatewayApi(app.Gateway, "demo-alice");
        await alice.WaitUntilDoneAsync((await alice.UploadTextAsync("crash/lamp.md", "# Lamps\n\nThe lamp turns once a minute.", Cancellation, "public")).Id, Cancellation);

        await app.DisposeAsync();
        app.Output.Split("starts again").Length.ShouldBe(2, "an orderly end is no crash");
    }

    [Fact]
    public async Task Start_SettingOutOfItsRange_SaysWhichServiceAndWhy()
    {
        using var data = new TemporaryFolder();
        await using var app = AppHostProcess.Start(data.Path, home: null, WithoutDashboard, "--Parameters:redis-password=short");

        await app.UntilAsync(() => app.Output.Contains(AppHostProcess.Ready, StringComparison.Ordinal));

        app.Output.ShouldMatch("cache-[a-z]+ ended by itself and starts again in 1 s: .*Cache:Password needs at least 16 characters");
        app.Output.ShouldContain("RagApp is not ready yet.");
        app.Output.ShouldMatch("  api-gateway +Waiting");
        app.Output.ShouldNotContain("   at ");
    }
}
