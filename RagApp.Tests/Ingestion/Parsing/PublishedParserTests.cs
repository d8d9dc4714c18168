using System.Diagnostics;
using System.Text.Json;
using Microsoft.AspNetCore.Http;
using RagApp.Tests.TestServices;

namespace RagApp.Tests.Ingestion.Parsing;

/// <summary>The parser in the publish folder of the ingestion service, which starts it from there.</summary>
public sealed class PublishedParserTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    [Fact]
    public async Task Publish_IngestionService_HasTheParserWithAllThatItNeedsToReadADocument()
    {
        // What is built already, so that the test takes seconds and rebuilds nothing that other tests run.
        await RunAsync(
            "publish", Path.Combine(Repository.Root, "RagApp.Ingestion"), "--no-build", "--configuration", Repository.Configuration, "--output", _folder.Path, "-nodeReuse:false");

        var files = Directory.EnumerateFiles(_folder.Path).Select(file => Path.GetFileName(file)).ToList();
        files.ShouldContain("RagApp.Parsing.dll");
        files.ShouldContain("RagApp.Parsing.runtimeconfig.json");
        files.ShouldContain("RagApp.Parsing.deps.json"); // without it the .NET host searches the folder, which the sandbox refuses
        Libraries().Except(files).Except(AspNetCore()).ShouldBeEmpty();
        (await RunAsync(Path.Combine(_folder.Path, "RagApp.Ingestion.dll"), "parse", Samples.PathOf(Samples.TravelPolicy))).ShouldContain("0.38 euro per kilometre");
    }

    public void Dispose() => _folder.Dispose();

    /// <summary>Runs <c>dotnet</c>, which must succeed, and returns its output.</summary>
    private static async Task<string> RunAsync(params string[] arguments)
    {
        using var process = Process.Start(new ProcessStartInfo("dotnet", arguments) { UseShellExecute = false, RedirectStandardOutput = true })!;
        var output = await process.StandardOutput.ReadToEndAsync(Cancellation);
        await process.WaitForExitAsync(Cancellation);
        process.ExitCode.ShouldBe(0, output);
        return output;
    }

    /// <summary>The assemblies that the parser's list of libraries names.</summary>
    private List<string> Libraries()
    {
        using var list = JsonDocument.Parse(File.ReadAllText(Path.Combine(_folder.Path, "RagApp.Parsing.deps.json")));
        return
        [
            .. list.RootElement.GetProperty("targets").EnumerateObject()
                .SelectMany(target => target.Value.EnumerateObject())
                .Where(library => library.Value.TryGetProperty("runtime", out _))
                .SelectMany(library => library.Value.GetProperty("runtime").EnumerateObject())
                .Select(assembly => Path.GetFileName(assembly.Name)),
        ];
    }

    /// <summary>
    /// The assemblies of ASP.NET Core, which are not published since the service has them in its framework. The parser has not,
    /// and needs none: it calls neither ICU4N nor Lucene, which ask for some.
    /// </summary>
    private static IEnumerable<string> AspNetCore() =>
        Directory.EnumerateFiles(Path.GetDirectoryName(typeof(HttpContext).Assembly.Location)!).Select(file => Path.GetFileName(file));
}
