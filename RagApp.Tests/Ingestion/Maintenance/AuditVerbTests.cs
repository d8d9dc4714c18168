using RagApp.Ingestion.Maintenance;
using static RagApp.Tests.Ingestion.IngestionService;

namespace RagApp.Tests.Ingestion.Maintenance;

/// <summary><c>maintenance audit</c> over the socket of the running service.</summary>
public sealed class AuditVerbTests
{
    [Fact]
    public async Task Verify_OfARealLife_IsCleanUntilSomebodyTampers()
    {
        await using var service = await StartAsync();
        await service.IndexAsync(Alice, "note.txt", "The first text.", "public");
        await service.IndexAsync(Eve, "note.txt", "A text of others.");

        var clean = await Verbs.RunAsync(service.DataPath, "audit", "verify");
        var segment = Directory.EnumerateFiles(Path.Combine(service.DataPath, "blobs", "tenants", "acme", "journals", "audit"), "*", SearchOption.AllDirectories).First();
        File.Delete(segment);
        var tampered = await Verbs.RunAsync(service.DataPath, "audit", "verify");

        clean.Exit.ShouldBe(MaintenanceExit.Done, string.Join('\n', clean.Lines));
        clean.Lines.ShouldContain(line => line.StartsWith("acme: nothing is wrong in ", StringComparison.Ordinal));
        tampered.Exit.ShouldBe(MaintenanceExit.Found);
        tampered.Lines.ShouldContain(line => line.StartsWith("acme: Segment ", StringComparison.Ordinal) && line.EndsWith("was removed.", StringComparison.Ordinal));
        tampered.Lines.ShouldContain(line => line.StartsWith("globex: nothing is wrong in ", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Export_OfATenant_IsItsRecordsAsJsonLines()
    {
        await using var service = await StartAsync();
        await service.IndexAsync(Alice, "note.txt", "The first text.", "public");
        await service.IndexAsync(Eve, "other.txt", "A text of others.");

        var run = await Verbs.RunAsync(service.DataPath, "audit", "export", "--tenant", "acme");
        var none = await Verbs.RunAsync(service.DataPath, "audit", "export", "--tenant", "acme", "--to", "2020-01-01");

        run.Exit.ShouldBe(MaintenanceExit.Done);
        var records = run.Lines.Select(line => System.Text.Json.Nodes.JsonNode.Parse(line)!).ToList();
        records.Select(record => record["action"]!.GetValue<string>()).ShouldBe(["document.uploaded", "document.version.indexed"]);
        records.ShouldAllBe(record => record["tenant"]!.GetValue<string>() == "acme");
        run.Lines.ShouldAllBe(line => !line.Contains("first text", StringComparison.Ordinal));
        none.Lines.ShouldBeEmpty();
    }

    [Theory]
    [InlineData]
    [InlineData("repair")]
    [InlineData("export")]
    [InlineData("verify", "--checkpoint", "1:abc")]
    [InlineData("export", "--tenant", "acme", "--from", "yesterday")]
    public async Task Run_WithWrongWords_SaysWhatIsRight(params string[] words)
    {
        await using var service = await StartAsync();

        (await Verbs.RunAsync(service.DataPath, "audit", words)).Exit.ShouldBe(MaintenanceExit.Usage);
    }
}
