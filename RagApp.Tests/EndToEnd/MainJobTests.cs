using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using RagApp.Contracts;
using RagApp.Contracts.Documents;
using RagApp.Tests.TestServices;

namespace RagApp.Tests.EndToEnd;

/// <summary>The main workflow through the public API of the whole system: upload, search, answer and delete, with permissions.</summary>
public sealed class MainJobTests(RunningApp app)
{
    [Fact]
    public async Task Upload_RestrictedToAGroup_OnlyItsMembersSeeAnything()
    {
        var gateway = await app.GatewayAsync(Cancellation);
        using var alice = new GatewayApi(gateway, "demo-alice");
        var document = await alice.UploadTextAsync(
            "restricted/merger.md", "# Project Heliotrope\n\nThe purchase price of Heliotrope Limited is 41 million guilders.", Cancellation, "group:finance");
        (await alice.WaitUntilDoneAsync(document.Id, Cancellation)).Status.ShouldBe(DocumentStatus.Indexed);

        var answer = await alice.AskAsync("What is the purchase price of Heliotrope Limited?", Cancellation);
        answer.Text.ShouldContain("41 million");
        answer.Citations.ShouldContain(citation => citation.DocumentId == document.Id);

        foreach (var key in (string[])["demo-bob", "demo-eve"])
        {
            using var other = new GatewayApi(gateway, key);
            (await other.SearchAsync("purchase price Heliotrope", Cancellation)).Hits.ShouldAllBe(hit => hit.DocumentId != document.Id);
            (await other.AskAsync("What is the purchase price of Heliotrope Limited?", Cancellation)).Text.ShouldNotContain("41 million");
            (await other.ListAsync(Cancellation)).ShouldAllBe(listed => listed.Id != document.Id);
            foreach (var path in (string[])[$"v1/documents/{document.Id}", $"v1/documents/{document.Id}/text", $"v1/documents/{document.Id}/original"])
            {
                using var response = await other.Http.GetAsync(path, Cancellation);
                response.StatusCode.ShouldBe(HttpStatusCode.NotFound);
            }
            using var deletion = await other.Http.DeleteAsync($"v1/documents/{document.Id}", Cancellation);
            deletion.StatusCode.ShouldBe(HttpStatusCode.NotFound);
        }
        (await alice.WaitUntilDoneAsync(document.Id, Cancellation)).Status.ShouldBe(DocumentStatus.Indexed);
    }

    [Fact]
    public async Task Upload_SamePathAgain_OnlyTheNewVersionAnswers()
    {
        using var alice = new GatewayApi(await app.GatewayAsync(Cancellation), "demo-alice");
        var first = await alice.UploadTextAsync("versions/canteen.md", "# Canteen\n\nOn Fridays the canteen serves lentil moussaka.", Cancellation, "public");
        await alice.WaitUntilDoneAsync(first.Id, Cancellation);

        var second = await alice.UploadTextAsync("versions/canteen.md", "# Canteen\n\nOn Fridays the canteen serves saffron risotto.", Cancellation, "public");
        second.Id.ShouldBe(first.Id);
        second.Version.ShouldBe(2);
        await alice.WaitUntilDoneAsync(second.Id, Cancellation);

        var hits = (await alice.SearchAsync("What does the canteen serve on Fridays?", Cancellation)).Hits
            .Where(hit => hit.DocumentId == first.Id).ToList();
        hits.ShouldNotBeEmpty();
        hits.ShouldAllBe(hit => hit.Version == 2 && hit.Text.Contains("risotto", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Delete_IndexedDocument_NothingOfItAnswers()
    {
        using var alice = new GatewayApi(await app.GatewayAsync(Cancellation), "demo-alice");
        var document = await alice.UploadTextAsync("deleted/parking.md", "# Parking\n\nThe visitor car park code is zebra-9127.", Cancellation, "public");
        await alice.WaitUntilDoneAsync(document.Id, Cancellation);

        using var deletion = await alice.Http.DeleteAsync($"v1/documents/{document.Id}", Cancellation);

        deletion.StatusCode.ShouldBe(HttpStatusCode.NoContent);
        using var gone = await alice.Http.GetAsync($"v1/documents/{document.Id}", Cancellation);
        gone.StatusCode.ShouldBe(HttpStatusCode.NotFound);
        using var tick = new PeriodicTimer(TimeSpan.FromMilliseconds(200));
        while ((await alice.SearchAsync("visitor car park code zebra-9127", Cancellation)).Hits.Any(hit => hit.DocumentId == document.Id))
            await tick.WaitForNextTickAsync(Cancellation);
    }

    [Fact]
    public async Task Answer_Streamed_TokensThenCitationsThenDone()
    {
        using var alice = new GatewayApi(await app.GatewayAsync(Cancellation), "demo-alice");
        var document = await alice.UploadTextAsync(
            "stream/badge.md", "# Badges\n\nA lost badge is reported to the front desk within two hours.", Cancellation, "public");
        await alice.WaitUntilDoneAsync(document.Id, Cancellation);

        var events = await alice.StreamAnswerAsync("Where is a lost badge reported?", Cancellation);

        events[0].Event.ShouldBe("token");
        events[^1].Event.ShouldBe("done");
        var text = string.Concat(events.Where(item => item.Event == "token")
            .Select(item => JsonSerializer.Deserialize(item.Data, ContractsJson.Default.AnswerToken)!.Text));
        text.ShouldContain("front desk");
        var citation = JsonSerializer.Deserialize(events.First(item => item.Event == "citation").Data, ContractsJson.Default.Citation)!;
        citation.DocumentId.ShouldBe(document.Id);

        var passages = await alice.Http.GetFromJsonAsync(
            $"v1/documents/{citation.DocumentId}/text", ContractsJson.Default.DocumentText, Cancellation);
        passages!.Passages.Single(passage => passage.Ordinal == citation.Ordinal).Text.ShouldContain(citation.Quote);
        var done = JsonSerializer.Deserialize(events[^1].Data, ContractsJson.Default.AnswerSummary)!;
        done.Answerer.ShouldBe("extractive");
        done.TraceId.ShouldNotBeNullOrEmpty();
    }

    [Theory]
    [InlineData("demo-alice", "What is the daily allowance for a day in France?", "44 euro", "policies/travel-and-expenses.pdf")]
    [InlineData("demo-alice", "How much revenue does Acme plan for 2027?", "48.6 million euro", "finance/budget-2027.docx")]
    [InlineData("demo-bob", "How do I renew the certificate when PAY-4021 comes up?", "acmectl certs renew payments", "engineering/on-call-runbook.md")]
    [InlineData("demo-eve", "How many weeks of parental leave does every parent get?", "26 weeks", "policies/parental-leave.md")]
    public async Task FirstRun_InDevelopment_SamplesAnswer(string person, string question, string expected, string path)
    {
        using var api = new GatewayApi(await app.GatewayAsync(Cancellation), person);
        await WaitForAsync(api, path);

        var answer = await api.AskAsync(question, Cancellation);

        answer.Text.ShouldContain(expected);
        answer.Citations.ShouldContain(citation => citation.Path == path);
    }

    [Fact]
    public async Task FirstRun_InDevelopment_EachPersonSeesTheirSamples()
    {
        var gateway = await app.GatewayAsync(Cancellation);
        using var alice = new GatewayApi(gateway, "demo-alice");
        using var bob = new GatewayApi(gateway, "demo-bob");
        using var eve = new GatewayApi(gateway, "demo-eve");
        await WaitForAsync(alice, "finance/budget-2027.docx");
        await WaitForAsync(bob, "engineering/on-call-runbook.md");
        await WaitForAsync(eve, "policies/visitors.html");

        (await PathsAsync(alice)).ShouldNotContain("engineering/on-call-runbook.md");
        (await PathsAsync(bob)).ShouldNotContain("finance/budget-2027.docx");
        (await PathsAsync(eve)).ShouldNotContain("policies/travel-and-expenses.pdf");
    }

    [Theory]
    [InlineData("v1/search")]
    [InlineData("v1/answers")]
    public async Task Post_WithoutAKey_Is401WithProblemDetails(string path)
    {
        using var http = new HttpClient { BaseAddress = await app.GatewayAsync(Cancellation) };
        using var response = await http.PostAsJsonAsync(path, new { query = "x", question = "x" }, Cancellation);

        response.StatusCode.ShouldBe(HttpStatusCode.Unauthorized);
        response.Content.Headers.ContentType?.MediaType.ShouldBe("application/problem+json");
    }

    private static async Task WaitForAsync(GatewayApi person, string path)
    {
        using var tick = new PeriodicTimer(TimeSpan.FromMilliseconds(250));
        while (!(await person.ListAsync(Cancellation)).Any(document => document.Path == path && document.Status == DocumentStatus.Indexed))
            await tick.WaitForNextTickAsync(Cancellation);
    }

    private static async Task<IEnumerable<string>> PathsAsync(GatewayApi person) =>
        (await person.ListAsync(Cancellation)).Select(document => document.Path);
}
