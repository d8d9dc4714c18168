using System.IO.Compression;
using System.Net;
using System.Text;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using RagApp.Contracts.Documents;
using RagApp.Contracts.Http;
using RagApp.Storage.Journals;
using RagApp.Tests.TestServices;
using static RagApp.Tests.Ingestion.IngestionService;

namespace RagApp.Tests.Ingestion.Dlp;

public sealed class PolicyTests
{
    private const string Card = "4111 1111 1111 1111";
    private const string Iban = "DE89 3704 0044 0532 0130 00";
    private const string Travel = $"# Expenses of {Card}\n\nThe gecko trip was paid with {Card}.\n\n| card | {Card} |\n|---|---|\n| account | {Iban} |\n";

    [Fact]
    public async Task Redact_Card_ReachesNothingThatIsMadeOfTheDocument()
    {
        await using var service = await StartAsync("--Logging:LogLevel:Default=Debug");
        using var logs = new CapturedLogs();
        service.App.Services.GetRequiredService<ILoggerFactory>().AddProvider(logs);
        await using var feed = await FeedReader.OpenAsync(service, Bob, Cancellation);

        var uploaded = await service.UploadAsync(Alice, "trip.md", Travel, "public");
        var info = await service.SettleAsync(Alice, uploaded.Id);

        info.Status.ShouldBe(DocumentStatus.Indexed, info.Reason);
        info.Title.ShouldBe("Expenses of [PAYMENT CARD]");
        info.Tags.ShouldBe(["dlp:iban", "dlp:payment-card"]);
        info.Findings.Select(finding => (finding.Detector, finding.Action, finding.InName)).ShouldBe(
            [("iban", DlpAction.Tag, false), ("payment-card", DlpAction.Redact, false)]);
        var text = string.Join('\n', (await service.Documents.GetTextAsync(Bob, info.Id, Cancellation)).Passages.Select(passage => $"{passage.Section} {passage.Text}"));
        text.ShouldContain("The gecko trip was paid with [PAYMENT CARD].");
        text.ShouldContain(Iban);
        text.ShouldNotContain("1111");
        (await service.SearchAsync(Bob, "gecko")).ShouldHaveSingleItem().Text.ShouldContain("[PAYMENT CARD]");
        (await service.SearchAsync(Bob, "4111 1111")).ShouldBeEmpty();
        service.Embeddings.Texts.ShouldAllBe(embedded => !embedded.Contains("1111", StringComparison.Ordinal));
        await service.ShouldNowhereHoldAsync("1111 1111", originalsMay: true);
        logs.Lines.ShouldContain(line => line.Contains("payment card", StringComparison.Ordinal));
        logs.Lines.ShouldAllBe(line => !line.Contains("1111 1111", StringComparison.Ordinal));
        var told = new List<System.Net.ServerSentEvents.SseItem<string>>();
        await feed.UntilAsync(info.Id, state => state.Status == DocumentStatus.Indexed, told);
        told.ShouldAllBe(item => !item.Data.Contains("1111", StringComparison.Ordinal));
        (await service.AuditAsync()).Single(record => record.Action == AuditActions.DlpFound).Details["findings"]
            .ShouldBe($"iban:1 payment-card:{info.Findings[1].Count}");
    }

    [Fact]
    public async Task Redact_Card_OriginalIsForItsUploaderOnly()
    {
        await using var service = await StartAsync();
        var uploaded = await service.UploadAsync(Alice, "trip.md", Travel, "public");
        await service.SettleAsync(Alice, uploaded.Id);

        using var own = await service.Documents.GetOriginalAsync(Alice, uploaded.Id, Cancellation);
        (await own.Content.ReadAsStringAsync(Cancellation)).ShouldBe(Travel);
        var refused = await Should.ThrowAsync<ApiException>(() => service.Documents.GetOriginalAsync(Bob, uploaded.Id, Cancellation));
        refused.Status.ShouldBe(HttpStatusCode.Forbidden);
        refused.Message.ShouldContain("confidential");
    }

    [Fact]
    public async Task Original_BeforeItWasLookedThrough_IsForItsUploaderOnly()
    {
        await using var service = await StartAsync("--Processing:Workers=1");
        var release = service.Embeddings.Hold();
        await service.UploadAsync(Alice, "first.txt", "It holds the only worker.", "public");
        var waiting = await service.UploadAsync(Alice, "second.txt", "A plain text.", "public");

        var early = await Record.ExceptionAsync(async () => await service.Documents.GetOriginalAsync(Bob, waiting.Id, Cancellation));
        release.SetResult();
        early.ShouldBeOfType<ApiException>().Status.ShouldBe(HttpStatusCode.Forbidden);
        await service.SettleAsync(Alice, waiting.Id);

        using var original = await service.Documents.GetOriginalAsync(Bob, waiting.Id, Cancellation);
        (await original.Content.ReadAsStringAsync(Cancellation)).ShouldBe("A plain text.");
    }

    [Fact]
    public async Task Redact_NumberOverTwoParagraphs_IsTakenOutOfBoth()
    {
        await using var service = await StartAsync();
        var uploaded = await service.UploadAsync(Alice, "split.html", "<p>The card 4111 1111</p><p>1111 1111 of the gecko</p>", "public");
        await service.SettleAsync(Alice, uploaded.Id);

        var text = string.Join('\n', (await service.Documents.GetTextAsync(Bob, uploaded.Id, Cancellation)).Passages.Select(passage => passage.Text));
        text.ShouldContain("The card [PAYMENT CARD]");
        text.ShouldContain("of the gecko");
        text.ShouldNotContain("1111");
    }

    [Fact]
    public async Task Policy_OfATenant_IsItsOwn()
    {
        await using var service = await StartAsync("--Dlp:Default:PaymentCard=block", "--Dlp:Tenants:globex:payment-card=ALLOW");
        var ours = await service.UploadAsync(Alice, "trip.md", Travel, "public");
        var theirs = await service.UploadAsync(Eve, "trip.md", Travel, "public");

        (await service.SettleAsync(Alice, ours.Id)).Status.ShouldBe(DocumentStatus.Failed);
        var info = await service.SettleAsync(Eve, theirs.Id);
        info.Status.ShouldBe(DocumentStatus.Indexed);
        info.Tags.ShouldBe(["dlp:iban"]);
        (await service.Documents.GetTextAsync(Eve, theirs.Id, Cancellation)).Passages.ShouldContain(passage => passage.Text.Contains(Card, StringComparison.Ordinal));
    }

    [Fact]
    public async Task Block_NewVersion_OriginalGoesAndTheOldOneAnswers()
    {
        await using var service = await StartAsync("--Dlp:Default:PaymentCard=block");
        var first = await service.UploadAsync(Alice, "trip.md", "The gecko trip was paid.", "public");
        await service.SettleAsync(Alice, first.Id);

        await service.UploadAsync(Alice, "trip.md", Travel);
        var info = await service.SettleAsync(Alice, first.Id);

        info.Status.ShouldBe(DocumentStatus.Failed);
        info.Reason!.ShouldContain("payment card");
        info.Reason!.ShouldNotContain("1111");
        info.SearchableVersion.ShouldBe(1);
        (await service.SearchAsync(Bob, "gecko")).ShouldHaveSingleItem().Version.ShouldBe(1);
        await Eventually.HoldsAsync(() => Task.FromResult(Directory.GetFiles(service.OriginalsOf("acme")).Length == 1));
        await service.ShouldNowhereHoldAsync("1111 1111", originalsMay: false);
        (await Should.ThrowAsync<ApiException>(() => service.Documents.GetOriginalAsync(Alice, first.Id, Cancellation))).Status.ShouldBe(HttpStatusCode.Gone);
        (await service.AuditAsync()).ShouldContain(record => record.Action == AuditActions.DlpBlocked && record.Version == 2);

        await service.UploadAsync(Alice, "trip.md", "The lizard trip was paid.");
        (await service.SettleAsync(Alice, first.Id)).Status.ShouldBe(DocumentStatus.Indexed);
        (await service.SearchAsync(Bob, "lizard")).ShouldHaveSingleItem().Version.ShouldBe(3);
    }

    [Fact]
    public async Task Redact_InTheName_WaitsInQuarantine()
    {
        await using var service = await StartAsync();
        var uploaded = await service.UploadAsync(Alice, "cards/4111-1111-1111-1111.txt", "The gecko trip.", "public");
        var info = await service.SettleAsync(Alice, uploaded.Id);

        info.Status.ShouldBe(DocumentStatus.Quarantined);
        info.Findings.ShouldHaveSingleItem().InName.ShouldBeTrue();
        (await service.SearchAsync(Alice, "gecko")).ShouldBeEmpty();
        (await service.AuditAsync()).ShouldAllBe(record => record.Details.Values.All(value => !value.Contains("1111", StringComparison.Ordinal)));
        (await service.QuarantineAsync("list")).Lines[0].ShouldContain("cards/[PAYMENT CARD].txt");
    }

    [Theory]
    [InlineData("4111-1111-1111-1111", null)]
    [InlineData(null, "4111-1111-1111-1111")]
    public async Task Redact_InTagsOrSource_WaitsInQuarantine(string? tag, string? source)
    {
        await using var service = await StartAsync();
        using var form = Multipart("trip.txt", Encoding.UTF8.GetBytes("The gecko trip."), "public");
        if (tag is not null)
            form.Add(new StringContent(tag), "tags");
        if (source is not null)
            form.Add(new StringContent(source), "source");
        var uploaded = await service.Documents.UploadAsync(Alice, form, Cancellation);
        var info = await service.SettleAsync(Alice, uploaded.Id);

        info.Status.ShouldBe(DocumentStatus.Quarantined);
        info.Reason!.ShouldContain("source or tags");
        info.Findings.ShouldHaveSingleItem().InName.ShouldBeTrue();
        (await service.SearchAsync(Alice, "gecko")).ShouldBeEmpty();
        (await service.AuditAsync()).ShouldAllBe(record => record.Details.Values.All(value => !value.Contains("1111", StringComparison.Ordinal)));
    }

    [Fact]
    public async Task Redact_InTagsOfAnIndexedDocument_AreRefused()
    {
        await using var service = await StartAsync("--Dlp:Tenants:globex:payment-card=tag");
        var ours = await service.SettleAsync(Alice, (await service.UploadAsync(Alice, "trip.txt", "The gecko trip.")).Id);
        var theirs = await service.SettleAsync(Eve, (await service.UploadAsync(Eve, "trip.txt", "The gecko trip.")).Id);

        var refused = await Should.ThrowAsync<ApiException>(() => service.Documents.SetTagsAsync(Alice, ours.Id, new TagsChange([Card]), Cancellation));
        refused.Status.ShouldBe(HttpStatusCode.BadRequest);
        refused.Message.ShouldContain("payment card");
        refused.Message.ShouldNotContain("1111");
        (await service.Documents.GetAsync(Alice, ours.Id, Cancellation)).Tags.ShouldBeEmpty();
        (await service.Documents.SetTagsAsync(Eve, theirs.Id, new TagsChange([Card]), Cancellation)).Tags.ShouldBe([Card]);
    }

    [Theory]
    [InlineData("page.html", "<p>The gecko trip.</p><img src='a.png' alt='4111111111111111'>", "11111111")] // an alternative text of one word is no text of the page
    [InlineData("page.html", "<nav><a href='/pay?card=4111%201111%201111%201111'>pay</a></nav><p>The gecko trip.</p>", "1111%201111")]
    [InlineData("page.html", "<head><meta name='description' content='4111-1111-1111-1111'></head><p>The gecko trip.</p>", "1111-1111")]
    [InlineData("page.md", "The [gecko](https://example.com/pay?card=4111111111111111) trip.", "11111111")]
    public async Task Redact_BesideTheTextOfAPage_WithholdsTheFile(string name, string page, string secret)
    {
        await using var service = await StartAsync();
        var uploaded = await service.UploadAsync(Alice, name, page, "public");
        var info = await service.SettleAsync(Alice, uploaded.Id);

        info.Status.ShouldBe(DocumentStatus.Indexed, info.Reason);
        info.Findings.ShouldHaveSingleItem().Detector.ShouldBe("payment-card");
        (await service.SearchAsync(Bob, "gecko")).ShouldHaveSingleItem().Text.ShouldBe("The gecko trip.");
        (await Should.ThrowAsync<ApiException>(() => service.Documents.GetOriginalAsync(Bob, info.Id, Cancellation))).Status.ShouldBe(HttpStatusCode.Forbidden);
        await service.ShouldNowhereHoldAsync(secret, originalsMay: true);
    }

    [Fact]
    public async Task Redact_AlternativeTextOfAPicture_IsTakenOutOfThePassage()
    {
        await using var service = await StartAsync();
        var uploaded = await service.UploadAsync(Alice, "page.html", "<p>The gecko trip.</p><img src='a.png' alt='card 4111 1111 1111 1111'>", "public");
        await service.SettleAsync(Alice, uploaded.Id);

        (await service.SearchAsync(Bob, "gecko")).ShouldHaveSingleItem().Text.ShouldBe("The gecko trip.\n\ncard [PAYMENT CARD]");
        await service.ShouldNowhereHoldAsync("1111 1111", originalsMay: true);
    }

    [Theory]
    [InlineData("name,card,,,\nAnna,4111,1111,1111,1111\n")]
    [InlineData("card,part2,part3,part4\n4111,1111,1111,1111\n")]
    [InlineData("id,card 1,card 2,card 3,card 4,city\n7,4111,1111,1111,1111,Bonn\n")]
    [InlineData("card,,,\n4111,1111,1111,1111\n")]
    public async Task Redact_CardOverFourCells_IsTakenOut(string sheet)
    {
        await using var service = await StartAsync();
        var uploaded = await service.UploadAsync(Alice, "cards.csv", sheet, "public");
        await service.SettleAsync(Alice, uploaded.Id);

        var text = string.Join('\n', (await service.Documents.GetTextAsync(Bob, uploaded.Id, Cancellation)).Passages.Select(passage => passage.Text));
        text.ShouldContain("[PAYMENT CARD]");
        text.ShouldNotContain("1111");
    }

    [Fact]
    public async Task Redact_InAFileOfAnArchive_WithholdsTheArchiveToo()
    {
        await using var service = await StartAsync();
        var uploaded = await service.Documents.UploadAsync(Alice, Multipart("trips.zip", Zip(("trip.md", Travel), ("menu.md", "The menu.")), "public"), Cancellation);
        await service.SettleAsync(Alice, uploaded.Id);
        DocumentInfo? trip = null;
        await Eventually.HoldsAsync(async () =>
        {
            var listed = (await service.Documents.ListAsync(Alice, new(), null, null, Cancellation)).Documents;
            trip = listed.FirstOrDefault(document => document.Path == "trips.zip/trip.md");
            return listed.Count == 3 && listed.All(document => document.Status is DocumentStatus.Indexed or DocumentStatus.Empty);
        });

        trip!.Tags.ShouldContain("dlp:payment-card");
        (await Should.ThrowAsync<ApiException>(() => service.Documents.GetOriginalAsync(Bob, uploaded.Id, Cancellation))).Status.ShouldBe(HttpStatusCode.Forbidden);
        using var own = await service.Documents.GetOriginalAsync(Alice, uploaded.Id, Cancellation);
        own.IsSuccessStatusCode.ShouldBeTrue();
        (await service.SearchAsync(Bob, "gecko")).ShouldHaveSingleItem().Text.ShouldNotContain("1111");
    }

    [Fact]
    public async Task Metrics_Findings_AreCountedByDetectorAndAction()
    {
        await using var service = await StartAsync();
        using var findings = new Microsoft.Extensions.Diagnostics.Metrics.Testing.MetricCollector<long>(
            service.App.Services.GetRequiredService<System.Diagnostics.Metrics.IMeterFactory>(), RagApp.Ingestion.Processing.Screening.Telemetry.Name, RagApp.Ingestion.Processing.Screening.Telemetry.Metrics.Findings);

        var uploaded = await service.UploadAsync(Alice, "iban.txt", $"Pay to {Iban}.");
        await service.SettleAsync(Alice, uploaded.Id);

        findings.GetMeasurementSnapshot().ShouldContain(measured =>
            measured.Value == 1 && Equals(measured.Tags["ragapp.ingestion.dlp.detector"], "iban") && Equals(measured.Tags["ragapp.ingestion.dlp.action"], "Tag"));
    }

    private static byte[] Zip(params (string Name, string Text)[] files)
    {
        using var bytes = new MemoryStream();
        using (var archive = new ZipArchive(bytes, ZipArchiveMode.Create))
        {
            foreach (var (name, text) in files)
            {
                using var entry = archive.CreateEntry(name).Open();
                entry.Write(Encoding.UTF8.GetBytes(text));
            }
        }
        return bytes.ToArray();
    }
}
