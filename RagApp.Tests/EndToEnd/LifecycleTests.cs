using System.Globalization;
using RagApp.Contracts.Documents;
using RagApp.Tests.TestServices;
using Shouldly;
using Xunit;

namespace RagApp.Tests.EndToEnd;

/// <summary>Starts and ends of the whole system: what survives, and what does not stay behind.</summary>
public sealed class LifecycleTests
{
    private static CancellationToken Cancelled => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Restart_AfterKill_DocumentsAnswerAgainAndNoProcessIsLeft()
    {
        using var data = new TemporaryFolder();
        DocumentInfo document;
        await using (var first = await AppHostProcess.StartAsync(data.Path, Cancelled, "--Dashboard:Enabled=false"))
        {
            using var alice = new GatewayApi(first.Gateway, "demo-alice");
            document = await alice.UploadTextAsync("restart/lamp.md", "# Lamps\n\nThe lighthouse lamp is a Fresnel lens of order three.", Cancelled, "public");
            await alice.WaitUntilDoneAsync(document.Id, Cancelled);
            var children = Descendants(first.Id);
            children.Count.ShouldBeGreaterThanOrEqualTo(5);

            await first.KillAsync(Cancelled);

            using var tick = new PeriodicTimer(TimeSpan.FromMilliseconds(100));
            while (children.Exists(IsRunning))
                await tick.WaitForNextTickAsync(Cancelled);
        }

        await using var second = await AppHostProcess.StartAsync(data.Path, Cancelled, "--Dashboard:Enabled=false");
        using var again = new GatewayApi(second.Gateway, "demo-alice");
        (await again.SearchAsync("Which lens is in the lighthouse lamp?", Cancelled)).Hits
            .ShouldContain(hit => hit.DocumentId == document.Id);
        var left = Descendants(second.Id);

        await second.DisposeAsync();

        left.ShouldNotBeEmpty();
        left.ShouldAllBe(process => !IsRunning(process));
    }

    /// <summary>Children, children's children and so on, with the start time that tells a process from a later one of the same id.</summary>
    private static List<(int Id, string Started)> Descendants(int ancestor)
    {
        var processes = Directory.EnumerateDirectories("/proc")
            .Select(path => int.TryParse(Path.GetFileName(path), NumberStyles.None, CultureInfo.InvariantCulture, out var id) ? id : 0)
            .Where(id => id > 0)
            .Select(id => (Id: id, Stat: Stat(id)))
            .Where(process => process.Stat is not null)
            .ToList();
        var found = new List<(int, string)>();
        var parents = new HashSet<int> { ancestor };
        for (var before = -1; before != found.Count;)
        {
            before = found.Count;
            foreach (var (id, stat) in processes.Where(process => parents.Contains(int.Parse(process.Stat![1], CultureInfo.InvariantCulture)) && parents.Add(process.Id)))
                found.Add((id, stat![19]));
        }
        return found;
    }

    private static bool IsRunning((int Id, string Started) process) =>
        Stat(process.Id) is { } stat && stat[19] == process.Started && stat[0] != "Z";

    /// <summary>Fields of /proc/ID/stat from the state on (field 3 of proc(5) is at 0).</summary>
    private static string[]? Stat(int id)
    {
        try
        {
            var text = File.ReadAllText($"/proc/{id}/stat");
            return text[(text.LastIndexOf(')') + 2)..].Split(' ');
        }
        catch (IOException)
        {
            return null;
        }
    }
}
