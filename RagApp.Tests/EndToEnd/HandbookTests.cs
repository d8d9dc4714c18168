using RagApp.Contracts.Documents;
using RagApp.Tests.TestServices;

namespace RagApp.Tests.EndToEnd;

/// <summary>Two chapters of a real handbook, 59 pages, uploaded through the API, and the questions that a member of staff would ask.</summary>
public sealed class HandbookTests(RunningApp app)
{
    private static readonly string[] Chapters = ["travel-and-leave", "general-information-and-resources"];

    private static readonly (string Question, string Page, string Answer)[] Questions =
    [
        ("How many hours of award leave can I receive in one fiscal year?", "travel-and-leave/leave.md", "80 hours"),
        ("When do I have to fill out the voucher after a trip?", "travel-and-leave/travel-and-leave-policies/travel-guide-3-travel.md", "5 business days"),
        ("How is my absence for jury duty recorded?", "travel-and-leave/leave.md", "Court Leave"),
        ("How long must I have been a federal employee to get paid parental leave?", "travel-and-leave/paid-parental-leave.md", "12 months"),
        ("How do I get the guest wifi password in the Washington DC office?", "general-information-and-resources/washington-dc.md", "Slack"),
        ("How do I report a phishing email?", "general-information-and-resources/tech-policies/security-incidents.md", "Cofense"),
        ("Who has to sign the medical documentation for the voluntary leave transfer program?", "travel-and-leave/voluntary-leave-transfer-program.md", "physician"),
        ("How many hours does a full-time employee work in a pay period?", "general-information-and-resources/employee-resources-policies/work-schedules.md", "80 hours"),
        ("What happens when a website manager does not address deficiencies within 90 days?", "general-information-and-resources/tech-policies/gsa-pages.md", "removed"),
        ("Whose approval do I need to request over 80 hours of leave without pay?", "travel-and-leave/leave.md", "Business Unit Director"),
    ];

    [Fact]
    public async Task Handbook_Uploaded_EveryPageEndsAndTenQuestionsCiteTheRightPage()
    {
        Assert.SkipWhen(Repository.Corpus is null, "The development corpus is not beside the checkout.");
        var cancelled = TestContext.Current.CancellationToken;
        var folder = Path.Combine(Repository.Corpus!, "handbook", "18f");
        var gateway = await app.GatewayAsync(cancelled);
        using var bob = new GatewayApi(gateway, "demo-bob");

        var uploads = new List<DocumentInfo>();
        foreach (var file in Chapters.SelectMany(chapter => Directory.EnumerateFiles(Path.Combine(folder, chapter), "*.md", SearchOption.AllDirectories)))
        {
            await using var content = File.OpenRead(file);
            uploads.Add(await bob.UploadAsync(
                "handbook/" + Path.GetRelativePath(folder, file).Replace('\\', '/'), content, cancelled, "group:engineering"));
        }
        uploads.Count.ShouldBe(59);
        foreach (var upload in uploads)
            (await bob.WaitUntilDoneAsync(upload.Id, cancelled)).Status.ShouldBeOneOf(DocumentStatus.Indexed, DocumentStatus.Empty);

        var wrong = new List<string>();
        foreach (var (question, page, expected) in Questions)
        {
            var answer = await bob.AskAsync(question, cancelled);
            if (!answer.Text.Contains(expected, StringComparison.OrdinalIgnoreCase)
                || !answer.Citations.Any(citation => citation.Path == "handbook/" + page))
                wrong.Add($"{question}\n  -> {answer.Text}\n  cites {string.Join(", ", answer.Citations.Select(citation => citation.Path))}");
        }
        wrong.ShouldBeEmpty();

        foreach (var key in (string[])["demo-alice", "demo-eve"])
        {
            using var other = new GatewayApi(gateway, key);
            foreach (var (question, _, _) in Questions)
                (await other.SearchAsync(question, cancelled)).Hits
                    .ShouldAllBe(hit => !hit.Path.StartsWith("handbook/", StringComparison.Ordinal));
        }
    }
}
