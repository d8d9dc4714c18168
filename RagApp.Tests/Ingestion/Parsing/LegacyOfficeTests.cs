using System.Diagnostics;
using System.Text;
using Microsoft.AspNetCore.Http;
using RagApp.Ingestion.Parsing;
using RagApp.Parsing;
using RagApp.Parsing.Formats.OldOffice;
using RagApp.Tests.Parsing.Formats.Mail;
using RagApp.Tests.TestServices;

namespace RagApp.Tests.Ingestion.Parsing;

/// <summary>
/// The formats .doc, .xls and .ppt: converted by LibreOffice or by a server over real HTTP, or refused with a message that
/// names both.
/// </summary>
public sealed class LegacyOfficeTests : IDisposable
{
    private const string Elements = """
        [{"type":"Header","text":"Confidential"},
         {"type":"Title","text":"Old rules","metadata":{"page_number":1,"category_depth":0}},
         {"type":"NarrativeText","text":"The old limit is 42 euro.","metadata":{"page_number":2}},
         {"type":"ListItem","text":"one"}]
        """;

    private readonly TemporaryFolder _temp = new();

    [Fact]
    public async Task ParseAsync_NothingInstalled_IsRefusedAndNamesBothWaysOut()
    {
        var result = await ParseAsync(WordDocument(), new ParserOptions { LegacyOffice = { LibreOffice = "" } });

        result.Outcome.ShouldBe(ParseOutcome.Refused);
        result.Reason!.ShouldContain(".docx");
        result.Reason!.ShouldContain("LibreOffice");
        result.Reason!.ShouldContain("Parser:LegacyOffice:Endpoint");
    }

    [Fact]
    public async Task ParseAsync_LibreOffice_ReadsItAndLeavesNothingBehind()
    {
        SkipWithoutLibreOffice();
        var document = await OldDocumentAsync("<h1>Old rules</h1><p>The old limit is 42 euro.</p><table><tr><td>Bern</td><td>90</td></tr></table>");

        var result = await ParseAsync(document, new ParserOptions());

        result.Outcome.ShouldBe(ParseOutcome.Text, result.Reason);
        result.ContentType.ShouldBe(OldOfficeFormat.WordType);
        result.Blocks.ShouldContain(block => block.Kind == BlockKind.Heading && block.Text == "Old rules");
        result.Blocks.ShouldContain(block => block.Kind == BlockKind.TableRow && block.Text == "Bern | 90");
        Directory.EnumerateFileSystemEntries(Path.Combine(_temp.Path, "work")).ShouldBeEmpty();
    }

    [Fact]
    public async Task ParseAsync_LibreOfficeCannotReadIt_IsAStatus()
    {
        SkipWithoutLibreOffice();

        var result = await ParseAsync(WordDocument(), new ParserOptions());

        (result.Outcome != ParseOutcome.Text || result.Blocks.Count == 0).ShouldBeTrue();
        Directory.EnumerateFileSystemEntries(Path.Combine(_temp.Path, "work")).ShouldBeEmpty();
    }

    [Fact]
    public async Task ParseAsync_LibreOfficeTakesTooLong_IsKilledWithAllItStarted()
    {
        Assert.SkipUnless(OperatingSystem.IsLinux(), "A shell script plays it.");
        var script = Path.Combine(_temp.Path, "soffice");
        await File.WriteAllTextAsync(script, "#!/bin/sh\nsleep 300 & echo $! > \"$HOME/child\"\nwait\n", Cancellation);
        if (!OperatingSystem.IsWindows())
            File.SetUnixFileMode(script, UnixFileMode.UserRead | UnixFileMode.UserExecute);

        var parsing = ParseAsync(WordDocument(), new ParserOptions { LegacyOffice = { LibreOffice = script, WallTime = TimeSpan.FromSeconds(10) } });

        var child = 0;
        await Eventually.HoldsAsync(() => Directory.EnumerateFiles(_temp.Path, "child", SearchOption.AllDirectories).Select(File.ReadAllText)
            .Any(text => int.TryParse(text, System.Globalization.CultureInfo.InvariantCulture, out child)));
        (await parsing).Outcome.ShouldBe(ParseOutcome.LimitHit);
        await EndAsync(child);
    }

    [Fact]
    public async Task ParseAsync_Server_IsAskedAndItsElementsAreRead()
    {
        string? upload = null;
        await using var server = await StubService.StartAsync(
            async context =>
            {
                var form = await context.Request.ReadFormAsync(Cancellation);
                upload = $"{form.Files[0].Name} {form.Files[0].FileName} {context.Request.Headers["unstructured-api-key"]}";
                await context.Response.WriteAsync(Elements, Cancellation);
            }, Cancellation);

        var result = await ParseAsync(WordDocument(), WithServer(server, key: "secret"));

        upload.ShouldBe("files document.doc secret");
        server.Requests.ShouldHaveSingleItem().ShouldBe("POST /general/v0/general");
        result.ContentType.ShouldBe(OldOfficeFormat.WordType);
        result.Blocks.ShouldBe(
        [
            new TextBlock(BlockKind.Heading, "Old rules", 1, 1),
            new TextBlock(BlockKind.Paragraph, "The old limit is 42 euro.", 0, 2),
            new TextBlock(BlockKind.ListItem, "one", 0, null),
        ]);
    }

    [Theory]
    [InlineData(400)]
    [InlineData(422)]
    public async Task ParseAsync_ServerRefusesTheDocument_IsItsStatus(int status)
    {
        await using var server = await AnsweringAsync(status, "{}");

        (await ParseAsync(WordDocument(), WithServer(server))).Outcome.ShouldBe(ParseOutcome.Refused);
    }

    [Theory]
    [InlineData(429, "")]
    [InlineData(503, "")]
    [InlineData(200, "<html>hello")]
    public async Task ParseAsync_ServerDoesNotWork_IsNoPropertyOfTheDocument(int status, string body)
    {
        await using var server = await AnsweringAsync(status, body);

        await Should.ThrowAsync<HttpRequestException>(() => ParseAsync(WordDocument(), WithServer(server)));
    }

    [Fact]
    public async Task ParseAsync_ServerAnswersWithoutEnd_HitsALimit()
    {
        await using var server = await StubService.StartAsync(
            async context =>
            {
                var megabyte = new byte[1 << 20];
                while (!context.RequestAborted.IsCancellationRequested)
                    await context.Response.Body.WriteAsync(megabyte, context.RequestAborted);
            }, Cancellation);
        var options = WithServer(server);
        options.ResultMiB = 2;

        (await ParseAsync(WordDocument(), options)).Outcome.ShouldBe(ParseOutcome.LimitHit);
    }

    [Fact]
    public async Task ParseAsync_ServerHangs_HitsALimit()
    {
        await using var server = await StubService.StartAsync(
            context => Task.Delay(Timeout.InfiniteTimeSpan, TimeProvider.System, context.RequestAborted), Cancellation);
        var options = WithServer(server);
        options.LegacyOffice.WallTime = TimeSpan.FromSeconds(1);

        (await ParseAsync(WordDocument(), options)).Outcome.ShouldBe(ParseOutcome.LimitHit);
    }

    public void Dispose() => _temp.Dispose();

    private static ParserOptions WithServer(StubService server, string? key = null) =>
        new() { LegacyOffice = { Endpoint = new Uri(server.Address), ApiKey = key } };

    private static Task<StubService> AnsweringAsync(int status, string body) => StubService.StartAsync(
        context =>
        {
            context.Response.StatusCode = status;
            return context.Response.WriteAsync(body, Cancellation);
        }, Cancellation);

    private async Task<ParseResult> ParseAsync(byte[] content, ParserOptions options)
    {
        options.TempPath = Path.Combine(_temp.Path, "work");
        using var parsers = new Parsers(options);
        using var stream = new MemoryStream(content);
        return await parsers.Parser.ParseAsync("acme", stream, "old.doc", Cancellation);
    }

    /// <summary>A file that has the outer structure of a Word document but no valid content.</summary>
    private static byte[] WordDocument()
    {
        var file = new CompoundFileBuilder();
        file.File("WordDocument", new byte[600]);
        return file.Build();
    }

    /// <summary>A valid Word document, written by LibreOffice.</summary>
    private async Task<byte[]> OldDocumentAsync(string html)
    {
        await File.WriteAllTextAsync(Path.Combine(_temp.Path, "old.html"), html, Encoding.UTF8, Cancellation);
        using var office = Process.Start(new ProcessStartInfo("soffice",
        [
            $"-env:UserInstallation={new Uri(Path.Combine(_temp.Path, "profile")).AbsoluteUri}", "--headless", "--convert-to", "doc:MS Word 97",
            "--outdir", _temp.Path, Path.Combine(_temp.Path, "old.html"),
        ]))!;
        await office.WaitForExitAsync(Cancellation);
        return await File.ReadAllBytesAsync(Path.Combine(_temp.Path, "old.doc"), Cancellation);
    }

    private static void SkipWithoutLibreOffice() =>
        Assert.SkipUnless(File.Exists("/usr/bin/soffice"), "LibreOffice is not installed.");

    /// <summary>Waits until a killed process has ended; fails when it still runs after 20 seconds.</summary>
    private static async Task EndAsync(int processId)
    {
        using var patience = new CancellationTokenSource(TimeSpan.FromSeconds(20));
        try
        {
            using var process = Process.GetProcessById(processId);
            await process.WaitForExitAsync(patience.Token);
        }
        catch (ArgumentException)
        {
            // The process has already ended.
        }
    }
}
