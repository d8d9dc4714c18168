using System.Text;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Options;
using RagApp.Ingestion.Parsing;
using RagApp.Ingestion.Parsing.Child;
using RagApp.Tests.TestServices;
using Shouldly;
using Xunit;

namespace RagApp.Tests.Ingestion;

/// <summary>The real child process with real limits.</summary>
public sealed class ChildProcessParserTests : IDisposable
{
    private readonly TemporaryFolder _temp = new();

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData(Samples.TravelPolicy, "0.38 euro per kilometre")]
    [InlineData(Samples.Budget, "Martha Oyelaran")]
    [InlineData(Samples.Runbook, "PAY-4021")]
    [InlineData(Samples.LeaveHandbook, "28 days of holiday")]
    public async Task ParseAsync_Sample_GivesItsText(string name, string phrase)
    {
        await using var file = File.OpenRead(Samples.PathOf(name));

        var result = await Parser().ParseAsync(file, name, Cancellation);

        result.Outcome.ShouldBe(ParseOutcome.Text, result.Reason);
        result.Blocks.ShouldContain(block => block.Text.Contains(phrase, StringComparison.Ordinal));
        Directory.EnumerateFiles(_temp.Path).ShouldBeEmpty();
    }

    [Fact]
    public async Task ParseAsync_TakesTooLong_IsKilledWithAReason()
    {
        var result = await ParseAsync(HostileFiles.SlowPage(), new ParserOptions { WallTime = TimeSpan.FromSeconds(2) });

        result.Outcome.ShouldBe(ParseOutcome.LimitHit);
        result.Reason!.ShouldContain("longer than 2 s");
    }

    [Fact]
    public async Task ParseAsync_TakesTooMuchProcessorTime_EndsItself()
    {
        Assert.SkipUnless(OperatingSystem.IsLinux(), "setrlimit is Linux's.");

        var result = await ParseAsync(HostileFiles.SlowPage(), new ParserOptions { CpuSeconds = 2 });

        result.Outcome.ShouldBe(ParseOutcome.LimitHit);
        result.Reason!.ShouldContain("2 s of processor time");
    }

    [Fact]
    public async Task ParseAsync_NeedsTooMuchMemory_IsAStatus()
    {
        var text = Encoding.UTF8.GetBytes(string.Join('\n', Enumerable.Range(0, 4_000_000).Select(i => $"line {i}")));

        var result = await ParseAsync(text, new ParserOptions { MemoryMiB = 128 });

        result.Outcome.ShouldNotBe(ParseOutcome.Text);
        result.Reason.ShouldNotBeNullOrEmpty();
    }

    [Fact]
    public async Task ParseAsync_CyclicPdf_IsAStatus() => await ShouldEndAsync(HostileFiles.CyclicPdf());

    [Fact]
    public async Task ParseAsync_DeepPdf_IsAStatus() => await ShouldEndAsync(HostileFiles.DeepPdf());

    [Fact]
    public async Task ParseAsync_RandomBytes_AreRefused()
    {
        var bytes = new byte[50_000];
        new Random(4711).NextBytes(bytes);

        var result = await ParseAsync(bytes, new ParserOptions());

        result.Outcome.ShouldBe(ParseOutcome.Refused);
    }

    [Fact]
    public async Task ParseAsync_ResultOverTheCap_IsAStatus()
    {
        var text = Encoding.UTF8.GetBytes(string.Concat(Enumerable.Repeat("many words \n\n", 200_000)));

        var result = await ParseAsync(text, new ParserOptions { ResultMiB = 1 });

        result.Outcome.ShouldBe(ParseOutcome.Refused);
        result.Reason!.ShouldContain("too much text");
    }

    [Fact]
    public async Task StartAsync_ServiceGoesAway_ChildEnds()
    {
        var path = Path.Combine(_temp.Path, "slow.html");
        await File.WriteAllBytesAsync(path, HostileFiles.SlowPage(), Cancellation);
        using var child = await Launcher(new ParserOptions()).StartAsync(path, ParseArguments.JsonOption, Cancellation);

        child.StandardInput.Close(); // what the operating system does when the service dies

        using var patience = new CancellationTokenSource(TimeSpan.FromSeconds(30));
        await child.WaitForExitAsync(patience.Token);
        child.ExitCode.ShouldBe(137);
    }

    [Fact]
    public async Task StartAsync_SecretsOfTheService_StayWithIt()
    {
        Assert.SkipUnless(OperatingSystem.IsLinux(), "/proc is Linux's.");
        Environment.SetEnvironmentVariable("Identity__SigningKey", "a secret that the child must not see");
        var path = Path.Combine(_temp.Path, "slow.html");
        await File.WriteAllBytesAsync(path, HostileFiles.SlowPage(), Cancellation);
        try
        {
            using var child = await Launcher(new ParserOptions()).StartAsync(path, ParseArguments.JsonOption, Cancellation);
            var environment = await File.ReadAllTextAsync($"/proc/{child.Id}/environ", Cancellation);
            child.Kill();

            environment.ShouldNotContain("SigningKey");
        }
        finally
        {
            Environment.SetEnvironmentVariable("Identity__SigningKey", null);
        }
    }

    public void Dispose() => _temp.Dispose();

    private async Task ShouldEndAsync(byte[] file)
    {
        var result = await ParseAsync(file, new ParserOptions { CpuSeconds = 20 });

        (result.Outcome != ParseOutcome.Text || result.Blocks.Count == 0).ShouldBeTrue();
    }

    private async Task<ParseResult> ParseAsync(byte[] content, ParserOptions options)
    {
        using var stream = new MemoryStream(content);
        return await Parser(options).ParseAsync(stream, "file", Cancellation);
    }

    private ChildProcessParser Parser(ParserOptions? options = null)
    {
        options ??= new ParserOptions();
        options.TempPath = _temp.Path;
        return new ChildProcessParser(Launcher(options), Options.Create(options), TimeProvider.System, NullLogger<ChildProcessParser>.Instance);
    }

    private static ParserLauncher Launcher(ParserOptions options) => new(Options.Create(options), NullLogger<ParserLauncher>.Instance);
}
