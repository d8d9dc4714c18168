using System.Globalization;
using RagApp.Contracts.Documents;
using RagApp.Contracts.Identity;
using RagApp.Tests.Gateway;
using RagApp.Tests.Ingestion;
using RagApp.Tests.Ingestion.Children;
using RagApp.Tests.TestServices;

namespace RagApp.Tests.Cli;

/// <summary>The real command against the real gateway and ingestion service.</summary>
public sealed class IngestTests
{
    private static readonly Principal Alice = new("acme", "demo-alice", ["staff", "finance"], [], Region: null);

    [Fact]
    public async Task Ingest_AFolder_IndexesItAndASecondRunSendsOnlyWhatChanged()
    {
        await using var service = await IngestionService.StartAsync();
        await using var gateway = await StartGatewayAsync(service);
        using var folder = new TemporaryFolder();
        Write(folder, "handbook/leave.md", "# Leave\n\nThirty days.");
        Write(folder, "handbook/deep/er/travel.txt", "By train.");
        Write(folder, "handbook/page.html", "<html><body> </body></html>");
        Write(folder, "handbook/picture.txt", "\u0089PNG\r\n\u001a\n");
        Write(folder, "handbook/.hidden/secret.txt", "Nobody put this here.");
        Write(folder, "handbook/empty.txt", "");
        var handbook = Path.Combine(folder.Path, "handbook");

        var first = await RagAppCommand.RunAsync(gateway.Address, Cancellation, "ingest", handbook, "--access", "group:staff", "--tag", "handbook", "--source", "share", "--exclude", "picture.*");
        Write(folder, "handbook/leave.md", "# Leave\n\nThirty-one days.");
        var second = await RagAppCommand.RunAsync(gateway.Address, Cancellation, "ingest", handbook, "--exclude", "picture.*", "--json");

        first.ExitCode.ShouldBe(0, first.Errors);
        first.Output.ShouldContain("3 files: 3 sent, 0 unchanged, 2 indexed, 1 without text, 0 failed.");
        (await ListAsync(service)).Select(info => info.Path).ShouldBe(["handbook/deep/er/travel.txt", "handbook/leave.md", "handbook/page.html"]);
        (await ListAsync(service)).ShouldAllBe(info => info.Access.Single() == "group:staff" && info.Tags.Single() == "handbook" && info.Source == "share");
        second.ExitCode.ShouldBe(0, second.Errors);
        Count(second, "sent").ShouldBe(1);
        Count(second, "unchanged").ShouldBe(2);
        Count(second, "indexed").ShouldBe(1);
    }

    [Fact]
    public async Task Ingest_FilesThatFail_GoesOnAndListsThem()
    {
        await using var service = await IngestionService.StartAsync("--Intake:MaxFileBytes=2000");
        await using var gateway = await StartGatewayAsync(service);
        using var folder = new TemporaryFolder();
        Write(folder, "good.txt", "The menu.");
        Write(folder, "huge.txt", new string('x', 3_000_000));
        Write(folder, "odd\u0001name.txt", "A name with a control character.");
        File.WriteAllBytes(Path.Combine(folder.Path, "picture.txt"), [0x89, 0x50, 0x4E, 0x47, 1, 2]);
        Directory.CreateSymbolicLink(Path.Combine(folder.Path, "circle"), folder.Path);
        File.CreateSymbolicLink(Path.Combine(folder.Path, "nowhere.txt"), Path.Combine(folder.Path, "not-there"));

        var run = await RagAppCommand.RunAsync(gateway.Address, Cancellation, "ingest", folder.Path, "--prefix", "", "--json");

        run.ExitCode.ShouldBe(1, run.Errors);
        Count(run, "indexed").ShouldBe(1);
        var failed = run.Json.GetProperty("failed").EnumerateArray()
            .ToDictionary(file => file.GetProperty("path").GetString()!, file => file.GetProperty("reason").GetString()!, StringComparer.Ordinal);
        failed.Keys.Order(StringComparer.Ordinal).ShouldBe(["huge.txt", "nowhere.txt", "odd\u0001name.txt", "picture.txt"]);
        failed["huge.txt"].ShouldContain("Split it into smaller files");
        failed["nowhere.txt"].ShouldContain("leads nowhere");
        failed["odd\u0001name.txt"].ShouldContain("control characters");
        failed["picture.txt"].ShouldContain("picture");
    }

    [Fact]
    public async Task Ingest_TwoThousandFilesInterrupted_IsTakenUpByTheNextRun()
    {
        const int Files = 2_000;
        await using var service = await IngestionService.StartAsync("--Processing:Workers=1");
        await using var gateway = await StartGatewayAsync(service);
        using var folder = new TemporaryFolder();
        for (var i = 0; i < Files; i++)
            Write(folder, string.Create(CultureInfo.InvariantCulture, $"many/{i % 20}/{i}.txt"), string.Create(CultureInfo.InvariantCulture, $"Note number {i}."));
        var many = Path.Combine(folder.Path, "many");

        using var interrupted = RagAppCommand.Start(gateway.Address, "ingest", many, "--json");
        await Eventually.HoldsAsync(async () => interrupted.HasEnded || (await ListAsync(service, limit: 100)).Count >= 100);
        interrupted.Interrupt();
        var first = await interrupted.EndAsync(Cancellation);
        var second = await RagAppCommand.RunAsync(gateway.Address, Cancellation, "ingest", many, "--json", "--no-wait");
        var third = await RagAppCommand.RunAsync(gateway.Address, Cancellation, "ingest", many, "--json", "--no-wait");

        first.ExitCode.ShouldBe(130, first.Errors);
        first.Json.GetProperty("interrupted").GetBoolean().ShouldBeTrue();
        Count(first, "sent").ShouldBeInRange(100, Files - 1);
        second.ExitCode.ShouldBe(0, second.Errors);
        Count(second, "unchanged").ShouldBeInRange(Count(first, "sent"), Files - 1); // uploads in progress at the interruption may have arrived
        (Count(second, "sent") + Count(second, "unchanged")).ShouldBe(Files);
        Count(third, "unchanged").ShouldBe(Files);
    }

    [Fact]
    public async Task Ingest_AMailInAnArchive_WaitsForWhatIsInIt()
    {
        await using var service = await IngestionService.StartAsync();
        await using var gateway = await StartGatewayAsync(service);
        var release = new TaskCompletionSource();
        service.Embeddings.Before = async request =>
        {
            if (request.Input.Any(text => text.Contains("pangolin", StringComparison.Ordinal)))
                await release.Task;
            return null;
        };
        using var folder = new TemporaryFolder();
        var mail = MailFile.With("Outer", "The outer okapi.", ("deep.txt", "The deep pangolin."));
        await File.WriteAllBytesAsync(Path.Combine(folder.Path, "all.zip"), ZipFile.Of(("outer.eml", mail)), Cancellation);

        using var run = RagAppCommand.Start(gateway.Address, "ingest", folder.Path, "--prefix", "", "--json");
        await Eventually.HoldsAsync(async () => await ListAsync(service) is [{ Status: DocumentStatus.Unpacking }, { Status: DocumentStatus.Unpacking }, { Status: DocumentStatus.Embedding }]);
        run.HasEnded.ShouldBeFalse();
        release.SetResult();
        var end = await run.EndAsync(Cancellation);

        end.ExitCode.ShouldBe(0, end.Errors);
        Count(end, "indexed").ShouldBe(1);
        (await ListAsync(service)).ShouldAllBe(info => info.Status == DocumentStatus.Indexed);
    }

    [Fact]
    public async Task Ingest_DryRun_SaysWhatItWouldSendAndSendsNothing()
    {
        await using var service = await IngestionService.StartAsync();
        await using var gateway = await StartGatewayAsync(service);
        using var folder = new TemporaryFolder();
        Write(folder, "a.txt", "The menu.");
        Write(folder, "b.csv", "a,b");

        var run = await RagAppCommand.RunAsync(gateway.Address, Cancellation, "ingest", folder.Path, "--dry-run", "--include", "*.TXT", "--prefix", "x/");

        run.ExitCode.ShouldBe(0, run.Errors);
        run.Output.ShouldContain("x/a.txt: would be sent");
        run.Output.ShouldContain("1 file: 1 to send, 0 unchanged, 0 failed.");
        (await ListAsync(service)).ShouldBeEmpty();
    }

    [Fact]
    public async Task Ingest_DocumentsForOthersOnly_KnowsTheirEnd()
    {
        await using var service = await IngestionService.StartAsync();
        await using var gateway = await StartGatewayAsync(service);
        using var folder = new TemporaryFolder();
        Write(folder, "a.txt", "For others.");

        var run = await RagAppCommand.RunAsync(gateway.Address, Cancellation, "ingest", folder.Path, "--access", "group:engineering");

        run.ExitCode.ShouldBe(0, run.Errors);
        run.Output.ShouldContain("1 file: 1 sent, 0 unchanged, 1 indexed, 0 failed.");
    }

    [Theory]
    [InlineData("--access", "group:g", 101, "at most 100 access entries")]
    [InlineData("--tag", "t", 51, "at most 50 tags")]
    public async Task Ingest_TooManyEntriesOrTags_IsRefusedBeforeAnythingIsSent(string option, string value, int count, string words)
    {
        using var folder = new TemporaryFolder();
        string[] options = [.. Enumerable.Range(0, count).SelectMany(i => (string[])[option, $"{value}{i}"])];

        var run = await RagAppCommand.RunAsync(new Uri("http://127.0.0.1:1"), Cancellation, ["ingest", folder.Path, .. options]);

        run.ExitCode.ShouldBe(64);
        run.Errors.ShouldContain(words);
    }

    private static Task<GatewayUnderTest> StartGatewayAsync(IngestionService service) =>
        GatewayUnderTest.StartAsync(
            Cancellation, settings: [ServiceSettings.Address("document-ingestion", service.Address), $"--Identity:SigningKey={IngestionService.SigningKey}"]);

    private static async Task<IReadOnlyList<DocumentInfo>> ListAsync(IngestionService service, int limit = 1_000) =>
        (await service.Documents.ListAsync(Alice, new(), after: null, limit, Cancellation)).Documents;

    private static int Count(CommandResult run, string name) => run.Json.GetProperty(name).GetInt32();

    private static void Write(TemporaryFolder folder, string path, string text)
    {
        var file = new FileInfo(Path.Combine(folder.Path, path));
        file.Directory!.Create();
        File.WriteAllText(file.FullName, text, System.Text.Encoding.Latin1);
    }
}
