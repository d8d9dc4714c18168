using System.Diagnostics;
using System.Text.Json;
using RagApp.Parsing.Sandbox;

namespace RagApp.Tests.Parsing;

/// <summary>The parser as a separate program next to the service.</summary>
public sealed class ParserProgramTests
{
    private static readonly string Folder = AppContext.BaseDirectory;

    [Fact]
    public void Runtime_OfTheParser_HasNoWebFramework()
    {
        using var settings = JsonDocument.Parse(File.ReadAllText(Path.Combine(Folder, "RagApp.Parsing.runtimeconfig.json")));
        var options = settings.RootElement.GetProperty("runtimeOptions");

        options.TryGetProperty("frameworks", out _).ShouldBeFalse();
        options.GetProperty("framework").GetProperty("name").GetString().ShouldBe("Microsoft.NETCore.App");
    }

    [Fact]
    public async Task Start_ByAPerson_NamesTheCommandForPeople()
    {
        var start = new ProcessStartInfo(SystemPaths.DotnetHost, [Path.Combine(Folder, "RagApp.Parsing.dll"), "report.pdf"])
        {
            UseShellExecute = false,
            RedirectStandardError = true,
        };
        using var process = Process.Start(start)!;

        var errors = await process.StandardError.ReadToEndAsync(TestContext.Current.CancellationToken);
        await process.WaitForExitAsync(TestContext.Current.CancellationToken);

        process.ExitCode.ShouldBe(64);
        errors.ShouldContain("parse FILE");
    }
}
