using System.Net;
using Microsoft.Extensions.DependencyInjection;
using RagApp.Contracts.Documents;
using RagApp.Contracts.Http;
using RagApp.Ingestion.Catalogue;
using RagApp.Ingestion.Maintenance;
using RagApp.Ingestion.Processing.Screening;
using RagApp.Storage.Documents.Manifests;
using RagApp.Storage.Journals;
using RagApp.Tests.TestServices;
using static RagApp.Tests.Ingestion.IngestionService;

namespace RagApp.Tests.Ingestion.Dlp;

public sealed class QuarantineTests
{
    private const string Secret = "The lizard number is 078-05-1121, and the card is 4111111111111111.";
    private static readonly string[] Settings = ["--Dlp:Default:UsSsn=quarantine", "--Dlp:Default:PaymentCard=redact"];

    [Fact]
    public async Task Upload_HoldsWhatIsQuarantined_NothingOfItIsReadableAndTheOldVersionAnswers()
    {
        await using var service = await StartAsync(Settings);
        var info = await HoldAsync(service);

        info.Status.ShouldBe(DocumentStatus.Quarantined);
        (info.Version, info.SearchableVersion).ShouldBe((2, 1));
        info.Reason!.ShouldContain("us ssn (1)");
        info.Tags.ShouldBe(["dlp:payment-card", "dlp:us-ssn"]);
        (await service.SearchAsync(Bob, "gecko")).ShouldHaveSingleItem();
        (await service.SearchAsync(Bob, "lizard")).ShouldBeEmpty();
        (await service.Documents.GetTextAsync(Bob, info.Id, Cancellation)).Version.ShouldBe(1);
        (await Should.ThrowAsync<ApiException>(() => service.Documents.GetOriginalAsync(Bob, info.Id, Cancellation))).Status.ShouldBe(HttpStatusCode.Forbidden);
        await service.ShouldNowhereHoldAsync("078-05-1121", originalsMay: true);
        (await service.AuditAsync()).Select(record => record.Action).ShouldContain(AuditActions.DlpQuarantined);

        await service.UploadAsync(Alice, "note.txt", Secret);
        (await service.Documents.GetAsync(Alice, info.Id, Cancellation)).ShouldBeEquivalentTo(info); // uploading the same bytes again changes nothing
    }

    [Fact]
    public async Task Release_GoesOnWithoutBeingHeldAgain_AndTheRestStaysRedacted()
    {
        await using var service = await StartAsync(Settings);
        var held = await HoldAsync(service);
        (await service.QuarantineAsync("list", "--tenant", "acme")).ShouldSatisfyAllConditions(
            listed => listed.End.Exit.ShouldBe(MaintenanceExit.Found),
            listed => listed.Lines[0].ShouldStartWith($"{held.Id}  acme  version 2"),
            listed => listed.Lines[0].ShouldContain("us-ssn x1"));

        (await service.QuarantineAsync("release", held.Id, "--reason", "a number of our own", "--by", "carol")).End.Exit.ShouldBe(MaintenanceExit.Done);
        await Eventually.HoldsAsync(async () => (await service.VersionAsync(held.Id)).Status == DocumentStatus.Indexed);

        var text = (await service.Documents.GetTextAsync(Bob, held.Id, Cancellation)).Passages.ShouldHaveSingleItem().Text;
        text.ShouldBe("The lizard number is 078-05-1121, and the card is [PAYMENT CARD].");
        var info = await service.Documents.GetAsync(Bob, held.Id, Cancellation);
        info.Findings.Select(finding => (finding.Detector, finding.Action)).ShouldBe([("payment-card", DlpAction.Redact), ("us-ssn", DlpAction.Tag)]);
        (await service.SearchAsync(Bob, "gecko")).ShouldBeEmpty();
        var decision = (await service.VersionAsync(held.Id)).Decision.ShouldNotBeNull();
        (decision.Released, decision.By, decision.Why).ShouldBe((true, "carol", "a number of our own"));
        var record = (await service.AuditAsync()).Single(record => record.Action == AuditActions.DlpReleased);
        (record.Version, record.Details["by"], record.Details["why"]).ShouldBe((2, "carol", "a number of our own"));
        (await service.QuarantineAsync("list")).Lines.ShouldBe(["Nothing is in quarantine."]);
    }

    [Fact]
    public async Task Refuse_VersionFailsWithTheReasonAndItsFileIsGone()
    {
        await using var service = await StartAsync(Settings);
        var held = await HoldAsync(service);

        (await service.QuarantineAsync("refuse", held.Id, "--reason", "Numbers do not belong here")).End.Exit.ShouldBe(MaintenanceExit.Done);

        var info = await service.Documents.GetAsync(Alice, held.Id, Cancellation);
        (info.Status, info.Reason, info.SearchableVersion).ShouldBe((DocumentStatus.Failed, "It was refused: Numbers do not belong here. The file was not kept.", 1));
        await service.ShouldNowhereHoldAsync("078-05-1121", originalsMay: false);
        (await service.AuditAsync()).ShouldContain(record => record.Action == AuditActions.DlpRefused && record.Details["by"] == "operator");
        (await service.QuarantineAsync("refuse", held.Id)).End.Text.ShouldContain("No document");
        (await service.SearchAsync(Bob, "gecko")).ShouldHaveSingleItem();
    }

    [Fact]
    public async Task Release_CutOffBeforeItsJob_IsFinishedAtTheNextStart()
    {
        await using var service = await StartAsync(Settings);
        var held = await HoldAsync(service);
        await ChangeAsync(service, held.Id, manifest => manifest with
        {
            Latest = manifest.Latest with
            {
                Status = DocumentStatus.Queued,
                Decision = new QuarantineDecision(Released: true, "carol", DateTimeOffset.UnixEpoch, Why: null),
            },
        });

        await service.RestartAsync();

        (await service.SettleAsync(Alice, held.Id)).Status.ShouldBe(DocumentStatus.Indexed);
        (await service.SearchAsync(Bob, "lizard")).ShouldHaveSingleItem();
    }

    [Fact]
    public async Task Refuse_CutOffBeforeTheFileIsGone_IsFinishedAtTheNextStart()
    {
        await using var service = await StartAsync(Settings);
        var held = await HoldAsync(service);
        await ChangeAsync(service, held.Id, manifest => manifest.WithoutLatest(manifest.Latest with { Reason = "It was refused." }));

        await service.RestartAsync();

        await Eventually.HoldsAsync(() => Task.FromResult(Directory.GetFiles(service.OriginalsOf("acme")).Length == 1));
        (await service.Documents.GetAsync(Alice, held.Id, Cancellation)).Status.ShouldBe(DocumentStatus.Failed);
        (await service.SearchAsync(Bob, "gecko")).ShouldHaveSingleItem();
    }

    [Fact]
    public async Task Upload_NewVersionWhileHeld_TakesItsPlace()
    {
        await using var service = await StartAsync(Settings);
        var held = await HoldAsync(service);

        await service.UploadAsync(Alice, "note.txt", "The harmless lizard.");
        var info = await service.SettleAsync(Alice, held.Id);

        (info.Status, info.SearchableVersion).ShouldBe((DocumentStatus.Indexed, 3));
        info.Tags.ShouldBeEmpty();
        await Eventually.HoldsAsync(() => Task.FromResult(Directory.GetFiles(service.OriginalsOf("acme")).Length == 1));
    }

    [Fact]
    public async Task Verb_WithoutAnAction_SaysWhatThereIs()
    {
        await using var service = await StartAsync();

        (await service.QuarantineAsync("open", "x")).End.ShouldSatisfyAllConditions(
            end => end.Exit.ShouldBe(MaintenanceExit.Usage),
            end => end.Text.ShouldContain("quarantine release ID"));
    }

    /// <summary>Uploads a document whose first version is searchable and whose second is in quarantine.</summary>
    private static async Task<DocumentInfo> HoldAsync(IngestionService service)
    {
        var first = await service.UploadAsync(Alice, "note.txt", "The gecko note.", "public");
        await service.SettleAsync(Alice, first.Id);
        await service.UploadAsync(Alice, "note.txt", Secret);
        return await service.SettleAsync(Alice, first.Id);
    }

    private static async Task ChangeAsync(IngestionService service, string id, Func<DocumentManifest, DocumentManifest> change)
    {
        var document = await service.App.Services.GetRequiredService<IManifestStore>().FindAsync("acme", id, Cancellation);
        await service.App.Services.GetRequiredService<ManifestEditor>().ChangeAsync(document!.Manifest, change, Cancellation);
    }
}
