using System.Diagnostics;
using RagApp.Tests.Parsing;
using RagApp.Tests.TestServices;

namespace RagApp.Tests.Ingestion.Parsing;

/// <summary>The command <c>parse FILE</c> as users run it.</summary>
public sealed class ParseCommandTests : IDisposable
{
    private readonly TemporaryFolder _temp = new();

    [Fact]
    public async Task Parse_Text_PrintsItAndExitsWithZero()
    {
        var (exitCode, output, _) = await RunAsync(Samples.PathOf(Samples.TravelPolicy));

        exitCode.ShouldBe(0);
        output.ShouldContain("status: text");
        output.ShouldContain("pages: 3");
        output.ShouldContain("0.38 euro per kilometre");
    }

    [Fact]
    public async Task Parse_CrashOfTheParser_IsARefusalAndExitsWithOne()
    {
        var (exitCode, output, _) = await RunAsync(Write("deep.pdf", HostileFiles.OverflowingPdf()), "--json");

        exitCode.ShouldBe(1);
        output.ShouldContain("\"outcome\":\"refused\"");
    }

    [Fact]
    public async Task Parse_TooMuchProcessorTime_ExitsWithTwo()
    {
        var (exitCode, output, _) = await RunAsync(Write("slow.pdf", HostileFiles.SlowPdf()), "--limits", "pdf:cpu=1");

        exitCode.ShouldBe(2);
        output.ShouldContain("1 s of processor time");
    }

    [Fact]
    public async Task Parse_NoSuchFile_ExitsWithOne() => (await RunAsync("no-such-file.pdf")).ExitCode.ShouldBe(1);

    [Theory]
    [InlineData("'memory' is no limit", "--limits", "memory")]
    [InlineData("'speed=3' is no limit", "--limits", "speed=3")]
    [InlineData("Parser:Formats:pfd is no format", "--limits", "pfd:cpu=3")]
    [InlineData("CpuSeconds", "--limits", "cpu=0")]
    [InlineData("Unrecognized command or argument '--fast'", "--fast")]
    public async Task Parse_WrongUsage_ExitsWith64AndSaysWhatIsWrong(string sentence, params string[] arguments)
    {
        var (exitCode, _, errors) = await RunAsync([Samples.PathOf(Samples.Runbook), .. arguments]);

        exitCode.ShouldBe(64);
        errors.ShouldContain(sentence);
    }

    public void Dispose() => _temp.Dispose();

    private string Write(string name, byte[] content)
    {
        var path = Path.Combine(_temp.Path, name);
        File.WriteAllBytes(path, content);
        return path;
    }

    private static async Task<(int ExitCode, string Output, string Errors)> RunAsync(params string[] arguments)
    {
        var start = new ProcessStartInfo("dotnet", [Path.Combine(AppContext.BaseDirectory, "RagApp.Ingestion.dll"), "parse", .. arguments])
        {
            UseShellExecute = false,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        using var process = Process.Start(start)!;
        var output = process.StandardOutput.ReadToEndAsync(Cancellation);
        var errors = process.StandardError.ReadToEndAsync(Cancellation);
        await process.WaitForExitAsync(Cancellation);
        return (process.ExitCode, await output, await errors);
    }
}
