using RagApp.Contracts.Documents;
using RagApp.Gateway.Authentication;
using RagApp.Tests.TestServices;

namespace RagApp.Tests.EndToEnd;

/// <summary>The questions that the page offers to the demo people, asked on the running system.</summary>
public sealed class SampleQuestionsTests(RunningApp app)
{
    public static TheoryData<string, string, string> Answers { get; } = new()
    {
        { "demo-alice", "How many days of holiday do I get a year?", "28 days" },
        { "demo-alice", "What is the daily allowance in France?", "44 euro" },
        { "demo-alice", "How much does Acme invest in the second sorting line?", "1.9 million euro" },
        { "demo-bob", "What does error PAY-4021 mean?", "rejects our certificate" },
        { "demo-bob", "How fast must a SEV-2 be answered?", "30 minutes" },
        { "demo-bob", "When does the old building on Mill Lane close?", "30 April" },
        { "demo-eve", "How many weeks of parental leave do I get?", "26 weeks" },
        { "demo-eve", "Where may visitors take photographs?", "in the lobby only" },
        { "demo-eve", "How much does a place in the nursery cost?", "210 dollars a month" },
    };

    [Theory]
    [MemberData(nameof(Answers))]
    public async Task SampleQuestion_OnTheSampleDocuments_IsAnsweredFromItsDocument(string person, string question, string expected)
    {
        var cancelled = TestContext.Current.CancellationToken;
        var sample = DemoPeople.All.Single(each => each.Subject == person).Questions.Single(each => each.Text == question);
        using var api = new GatewayApi(await app.GatewayAsync(cancelled), person);
        await WaitUntilIndexedAsync(api, sample.Path, cancelled);

        var answer = await api.AskAsync(question, cancelled);

        answer.Citations[0].Path.ShouldBe(sample.Path);
        answer.Citations[0].Quote.ShouldContain(expected);
    }

    [Fact]
    public void SampleQuestions_OfEachDemoPerson_AreThreeAndAllTested() =>
        DemoPeople.All.SelectMany(person => person.Questions.Select(question => (person.Subject, question.Text)))
            .ShouldBe(Answers.Select(row => (row.Data.Item1, row.Data.Item2)));

    /// <summary>The samples are uploaded when the system starts, and may still be in work.</summary>
    private static Task WaitUntilIndexedAsync(GatewayApi api, string path, CancellationToken cancellationToken) => Eventually.HoldsAsync(
        async () => (await api.ListAsync(cancellationToken)).Any(info => info.Path == path && info.Status == DocumentStatus.Indexed));
}
