using System.Text;
using RagApp.Ingestion.Parsing;
using RagApp.Parsing;
using RagApp.Tests.Parsing;
using RagApp.Tests.Parsing.Formats;
using RagApp.Tests.TestServices;

namespace RagApp.Tests.Ingestion.Parsing;

/// <summary>The real parser process with real limits.</summary>
public sealed class ChildProcessParserTests : IDisposable
{
    private const string Tenant = "acme";

    private readonly TemporaryFolder _temp = new();
    private readonly List<Parsers> _parsers = [];

    [Theory]
    [InlineData(Samples.TravelPolicy, "0.38 euro per kilometre")]
    [InlineData(Samples.Budget, "Martha Oyelaran")]
    [InlineData(Samples.Runbook, "PAY-4021")]
    [InlineData(Samples.LeaveHandbook, "28 days of holiday")]
    public async Task ParseAsync_Sample_GivesItsText(string name, string phrase)
    {
        await using var file = File.OpenRead(Samples.PathOf(name));

        var result = await Parser().ParseAsync(Tenant, file, name, Cancellation);

        result.Outcome.ShouldBe(ParseOutcome.Text, result.Reason);
        result.Blocks.ShouldContain(block => block.Text.Contains(phrase, StringComparison.Ordinal));
        Directory.EnumerateFiles(_temp.Path).ShouldBeEmpty();
    }

    /// <summary>The parser does not have every library of the service, which a test inside the service's process cannot see.</summary>
    [Fact]
    public async Task ParseAsync_DividedWordsAndATitleLikeADate_NeedNoLibraryOfTheService()
    {
        var pdf = await ParseAsync(PdfFiles.WithPages("BT /F 11 Tf 14 TL 72 700 Td (The long-) Tj T* (term plan of the soft-) Tj T* (ware.) Tj ET"), new ParserOptions());
        var page = await ParseAsync(Encoding.UTF8.GetBytes("<html><head><title>12 May 2027</title></head><body><p>Text.</p></body></html>"), new ParserOptions());

        pdf.Blocks.ShouldHaveSingleItem().Text.ShouldBe("The long-term plan of the software.");
        (page.Outcome, page.Properties.Title).ShouldBe((ParseOutcome.Text, null));
    }

    [Fact]
    public async Task ParseAsync_TakesTooLong_IsKilledWithAReason()
    {
        var result = await ParseAsync(HostileFiles.SlowPdf(), new ParserOptions { WallTime = TimeSpan.FromSeconds(2) });

        result.Outcome.ShouldBe(ParseOutcome.LimitHit);
        result.Reason!.ShouldContain("longer than 2 s");
    }

    [Fact]
    public async Task ParseAsync_TakesTooMuchProcessorTime_EndsItself()
    {
        Assert.SkipUnless(OperatingSystem.IsLinux(), "setrlimit is Linux's.");

        var result = await ParseAsync(HostileFiles.SlowPdf(), new ParserOptions { CpuSeconds = 2 });

        result.Outcome.ShouldBe(ParseOutcome.LimitHit);
        result.Reason!.ShouldContain("2 s of processor time");
    }

    [Fact]
    public async Task ParseAsync_NeedsTooMuchMemory_IsAStatus()
    {
        var text = Encoding.UTF8.GetBytes(string.Join('\n', Enumerable.Range(0, 4_000_000).Select(i => $"line {i}")));

        var result = await ParseAsync(text, new ParserOptions { MemoryMiB = 128 });

        result.Outcome.ShouldBe(ParseOutcome.LimitHit, result.Reason);
        result.Reason!.ShouldContain("memory");
    }

    [Fact]
    public async Task ParseAsync_FormatWithALimitOfItsOwn_IsHeldToThat()
    {
        Assert.SkipUnless(OperatingSystem.IsLinux(), "setrlimit is Linux's.");
        var options = new ParserOptions { Formats = { ["pdf"] = new FormatLimits { CpuSeconds = 1 } } };

        var result = await ParseAsync(HostileFiles.SlowPdf(), options);

        result.Outcome.ShouldBe(ParseOutcome.LimitHit);
        result.Reason!.ShouldContain("1 s of processor time");
    }

    [Fact]
    public async Task ParseAsync_FormatThatMayHoldMore_GetsMore()
    {
        var page = Encoding.UTF8.GetBytes($"<!doctype html><p>{string.Join("<p>", Enumerable.Range(0, 500_000).Select(i => $"line {i}"))}");
        var options = new ParserOptions { MemoryMiB = 128 };

        var refused = await ParseAsync(page, options);
        options.Formats["html"] = new FormatLimits { MemoryMiB = 2_048 };
        var read = await ParseAsync(page, options);

        refused.Outcome.ShouldBe(ParseOutcome.LimitHit, refused.Reason);
        read.Outcome.ShouldBe(ParseOutcome.Text, read.Reason);
        read.PeakMemory.ShouldBeGreaterThan(128L << 20);
    }

    [Fact]
    public async Task ParseAsync_StackOverflow_IsDamageAndNotALimit()
    {
        var result = await ParseAsync(HostileFiles.OverflowingPdf(), new ParserOptions());

        result.Outcome.ShouldBe(ParseOutcome.Refused);
        result.Reason!.ShouldContain("nested");
    }

    [Fact]
    public async Task ParseAsync_CrashBetweenDocuments_CostsOnlyThatDocument()
    {
        var parser = Parser();
        var note = "A note that is read before and after."u8.ToArray();
        var results = new List<ParseResult>();

        foreach (var content in (byte[][])[note, HostileFiles.OverflowingPdf(), note])
        {
            using var stream = new MemoryStream(content);
            results.Add(await parser.ParseAsync(Tenant, stream, "file", Cancellation));
        }

        results.Select(result => result.Outcome).ShouldBe([ParseOutcome.Text, ParseOutcome.Refused, ParseOutcome.Text]);
    }

    [Theory]
    [InlineData("film.docx")]
    [InlineData("film.pptx")]
    public async Task ParseAsync_FilmOf200Megabytes_NeedsLittleMemory(string name)
    {
        var path = Path.Combine(_temp.Path, name);
        await HostileFiles.WriteWithFilmAsync(path, megabytes: 200, Cancellation);
        await using var file = File.OpenRead(path);

        var result = await Parser().ParseAsync(Tenant, file, name, Cancellation);

        result.Blocks.ShouldContain(block => block.Text == "Beside the film");
        result.PeakMemory.ShouldBeInRange(1, 150L << 20);
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

        result.Outcome.ShouldBe(ParseOutcome.LimitHit);
        result.Reason!.ShouldContain("1 MiB of text");
    }

    public void Dispose()
    {
        _parsers.ForEach(parsers => parsers.Dispose());
        _temp.Dispose();
    }

    private async Task ShouldEndAsync(byte[] file)
    {
        var result = await ParseAsync(file, new ParserOptions { CpuSeconds = 20 });

        (result.Outcome != ParseOutcome.Text || result.Blocks.Count == 0).ShouldBeTrue();
    }

    private async Task<ParseResult> ParseAsync(byte[] content, ParserOptions options)
    {
        using var stream = new MemoryStream(content);
        return await Parser(options).ParseAsync(Tenant, stream, "file", Cancellation);
    }

    private ChildProcessParser Parser(ParserOptions? options = null)
    {
        options ??= new ParserOptions();
        options.TempPath = _temp.Path;
        _parsers.Add(new Parsers(options));
        return _parsers[^1].Parser;
    }
}
