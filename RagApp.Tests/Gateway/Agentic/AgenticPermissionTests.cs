using System.Collections.Concurrent;
using System.Net;
using System.Net.Http.Json;
using Microsoft.IdentityModel.JsonWebTokens;
using RagApp.Contracts;
using RagApp.Contracts.Answers;
using RagApp.Contracts.Identity;
using RagApp.Storage.Documents;
using RagApp.Tests.Query;
using RagApp.Tests.TestServices;

namespace RagApp.Tests.Gateway.Agentic;

/// <summary>An agentic answer on the real query router: the model reaches what the person who asks may read, and nothing else.</summary>
public sealed class AgenticPermissionTests
{
    private const string Secret = "The merger with Globex closes on the fourth of May.";

    private static readonly string SecretId = DocumentIds.For("acme", "merger.md");

    [Theory]
    [InlineData("demo-alice", false)]
    [InlineData("demo-bob", true)]
    public async Task Answer_ModelLooksForARestrictedDocument_FindsItForItsReaderOnly(string person, bool isFound)
    {
        var callers = new ConcurrentQueue<string>();
        await using var documents = await StubService.StartAsync(
            context =>
            {
                callers.Enqueue(new JsonWebToken(context.Request.Headers.Authorization.ToString()["Bearer ".Length..]).Subject);
                return StubService.AnswerAsync(context, 404, """{"detail":"There is no such document."}""");
            },
            Cancellation);
        await using var query = await QueryUnderTest.StartAsync(
            [QueryUnderTest.Document("leave.md", "Everybody has 30 days of leave."), QueryUnderTest.Document("merger.md", Secret, AccessEntry.User("demo-bob"))], Cancellation);
        await using var model = await ScriptedRounds.StartAsync(
            Cancellation, Round.Search("merger with Globex"), new Round(null, ("documents_search", $$"""{"query":"merger","document":"{{SecretId}}"}"""), ("documents_read_around", """{"passage":1}""")),
            new Round("The merger with Globex closes on the fourth of May [1][2]."));
        await using var gateway = await GatewayUnderTest.StartAsync(
            Cancellation, documents, settings: [ServiceSettings.Address("query-router", query.Address), .. model.Settings]);
        using var client = gateway.Client(person);

        using var response = await client.PostAsJsonAsync(
            "v1/answers", new AnswerRequest("How many days of leave does everybody have?") { Mode = AnswerMode.Agentic }, ContractsJson.Default.AnswerRequest, Cancellation);

        response.StatusCode.ShouldBe(HttpStatusCode.OK, await response.Content.ReadAsStringAsync(Cancellation));
        var answer = (await response.Content.ReadFromJsonAsync(ContractsJson.Default.AnswerResponse, Cancellation))!;
        answer.Citations.Any(citation => citation.DocumentId == SecretId).ShouldBe(isFound);
        var seen = string.Join('\n', model.Requests.Select(request => request.ToJsonString()));
        seen.Contains("fourth of May", StringComparison.Ordinal).ShouldBe(isFound, seen);
        callers.ShouldBe([person]);
    }
}
