using RagApp.Ingestion.Chunking;
using RagApp.Parsing;
using RagApp.Tests.Ingestion;
using RagApp.Tests.TestServices;

namespace RagApp.Tests.Cli;

/// <summary>The real command <c>ragapp ingest --estimate</c>, without a server.</summary>
public sealed class EstimateTests
{
    [Fact]
    public async Task Estimate_AFolder_SaysWhatItHoldsAndSendsNothing()
    {
        using var folder = new TemporaryFolder();
        File.WriteAllText(Path.Combine(folder.Path, "rules.md"), $"# Rules\n\n{string.Concat(Enumerable.Repeat("Every traveller keeps the receipts of a journey. ", 100))}");
        File.WriteAllBytes(Path.Combine(folder.Path, "picture.png"), [0x89, .. "PNG\r\n"u8, 1, 2, 3, 4]);
        File.Copy(Samples.PathOf(Samples.TravelPolicy), Path.Combine(folder.Path, "travel.pdf"));

        var text = await RagAppCommand.RunAsync(server: null, Cancellation, "ingest", folder.Path, "--estimate");
        var json = await RagAppCommand.RunAsync(server: null, Cancellation, "ingest", folder.Path, "--estimate", "--json");

        (text.ExitCode, json.ExitCode).ShouldBe((0, 0), text.Errors + json.Errors);
        text.Output.ShouldContain("picture.png: This is a picture.");
        text.Output.ShouldContain("OpenAI text-embedding-3-large");
        var estimate = json.Json;
        estimate.GetProperty("files").GetInt32().ShouldBe(3);
        estimate.GetProperty("documents").GetInt32().ShouldBe(2);
        estimate.GetProperty("tokens").GetInt64().ShouldBeGreaterThan(1_000);
        estimate.GetProperty("types").EnumerateArray().Select(type => type.GetProperty("type").GetString()).ShouldBe(["pdf", "markdown", "other"], ignoreOrder: true);
        estimate.GetProperty("unreadable").EnumerateArray().ShouldHaveSingleItem();
    }

    [Fact]
    public async Task Estimate_NoSuchFolder_SaysSo()
    {
        var result = await RagAppCommand.RunAsync(server: null, Cancellation, "ingest", "/no/such/folder", "--estimate");

        result.ExitCode.ShouldBe(2);
        result.Errors.ShouldContain("There is no folder /no/such/folder.");
    }

    [Fact]
    public async Task Estimate_SampleDocuments_PassagesAreNearThoseOfTheServer()
    {
        var folder = Path.GetDirectoryName(Samples.PathOf(Samples.TravelPolicy))!;
        var cut = Directory.EnumerateFiles(folder).Sum(path =>
        {
            using var file = File.OpenRead(path);
            return Chunker.Cut("A title", FileReader.Shipped.Read(file, path).Blocks, Cancellation).Count;
        });

        var result = await RagAppCommand.RunAsync(server: null, Cancellation, "ingest", folder, "--estimate", "--json");

        cut.ShouldBeGreaterThan(10);
        (result.Json.GetProperty("passages").GetDouble() / cut).ShouldBeInRange(0.5, 2);
    }
}
