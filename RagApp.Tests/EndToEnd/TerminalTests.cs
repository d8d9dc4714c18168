using System.Net;
using System.Text.RegularExpressions;
using RagApp.Tests.TestServices;

namespace RagApp.Tests.EndToEnd;

/// <summary>The AppHost in a terminal: its start, its closing message, and its end by Ctrl+C.</summary>
public sealed partial class TerminalTests
{
    /// <summary>Files that a run writes into the user's home folder, as docs/operations.md lists them.</summary>
    private static readonly string[] OfTheHome = [".microsoft/usersecrets/ragapp-apphost/secrets.json", ".dcp/", ".cache/dcp/", ".aspire/cli/bch/", ".aspnet/DataProtection-Keys/"];

    private static readonly string[] Services = ["cache", "embedding", "document-ingestion", "query-router", "api-gateway"];

    [Fact]
    public async Task Run_TwoBesideEachOther_EachEndsItsStartWithOneBlockAndItsEndWithNothing()
    {
        using var data = new TemporaryFolder();
        using var home = new TemporaryFolder();
        using var otherData = new TemporaryFolder();
        await using var app = AppHostProcess.Start(data.Path, home.Path);
        await using var other = await AppHostProcess.StartAsync(otherData.Path, home: null, "--Dashboard:Enabled=false");
        await app.UntilReadyAsync();
        await app.UntilAsync(() => DashboardAddress().IsMatch(ClosingBlockOf(app))); // written a little later, and on a slow machine after one that says "not ready yet"

        var block = ClosingBlockOf(app);
        foreach (var service in Services)
            block.ShouldMatch($@"  {service} +ready");
        block.ShouldContain($"Page       {app.Gateway.AbsoluteUri.TrimEnd('/')}");
        await ShouldLetInAsync(new Uri(DashboardAddress().Match(block).Groups[1].Value));
        HomeFiles(home.Path).ShouldAllBe(path => OfTheHome.Any(known => path.StartsWith(known, StringComparison.Ordinal)));

        var shown = app.Output;
        await app.PressCtrlCAsync();
        await app.UntilEndedAsync();

        app.Processes("RagApp.").ShouldBeEmpty();
        app.Output[shown.Length..].ShouldNotContain("Exception");
        Plain(app.Output[shown.Length..]).ShouldBeEmpty();
        await Eventually.HoldsAsync(() => app.Processes().Count == 0);
        using var http = new HttpClient();
        (await http.GetAsync(new Uri(other.Gateway, "/ready"), Cancellation)).StatusCode.ShouldBe(HttpStatusCode.OK);
    }

    /// <summary>The block that names the services and addresses; empty while there is none.</summary>
    private static string ClosingBlockOf(AppHostProcess app) =>
        app.Output.IndexOf("RagApp is ready", StringComparison.Ordinal) is >= 0 and var start ? app.Output[start..] : "";

    [Theory]
    [InlineData("RagApp.AppHost.dll")]
    [InlineData("start-apiserver")]
    [InlineData("RagApp.Cache.dll")]
    [InlineData("RagApp.Query.dll")]
    public async Task CtrlC_WhileItStarts_EndsQuietlyAndLeavesNothing(string started)
    {
        using var data = new TemporaryFolder();
        await using var app = AppHostProcess.Start(data.Path);
        await app.UntilAsync(() => app.Processes(started).Count > 0);

        await app.PressCtrlCAsync();
        await app.UntilEndedAsync();

        Plain(app.Output).ShouldBeEmpty();
        await Eventually.HoldsAsync(() => app.Processes().Count == 0);
    }

    /// <summary>Checks that the dashboard accepts the token in its address as a login.</summary>
    private static async Task ShouldLetInAsync(Uri dashboard)
    {
        using var http = new HttpClient();
        using var page = await http.GetAsync(dashboard, Cancellation);
        page.StatusCode.ShouldBe(HttpStatusCode.OK);
        page.RequestMessage!.RequestUri!.AbsolutePath.ShouldNotContain("login");
    }

    private static IEnumerable<string> HomeFiles(string home) =>
        Directory.EnumerateFiles(home, "*", SearchOption.AllDirectories).Select(path => Path.GetRelativePath(home, path));

    /// <summary>Removes what the terminal adds to the output: control sequences, and the ^C that it prints for the key.</summary>
    private static string Plain(string output) => ControlSequence().Replace(output, "").Replace("^C", "", StringComparison.Ordinal).Trim();

    [GeneratedRegex(@"Dashboard  (\S+)", RegexOptions.NonBacktracking)]
    private static partial Regex DashboardAddress();

    [GeneratedRegex(@"\e\[[?0-9;]*[a-zA-Z]|\e[=>]", RegexOptions.NonBacktracking)]
    private static partial Regex ControlSequence();
}
