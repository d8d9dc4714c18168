using System.Net;
using System.Text.Json;
using RagApp.Contracts;
using RagApp.Tests.TestServices;

namespace RagApp.Tests.Gateway.Agentic;

/// <summary>Agentic answers when a call, a service or the model fails, or the client leaves.</summary>
public sealed class AgenticFaultTests : AgenticServices
{
    [Theory]
    [InlineData("documents_delete", """{"id":"leave"}""", "not found")]
    [InlineData("documents_search", """{"words":"x"}""", "arguments cannot be read")]
    [InlineData("documents_search", """{"query":"x","from":"yesterday"}""", "days such as")]
    [InlineData("documents_read_around", """{"passage":77}""", "no passage 77")]
    [InlineData("documents_read_around", """{"passage":"<all>"}""", "arguments cannot be read")]
    public async Task Answer_CallIsWrong_TellsTheModelAndNobodyElse(string tool, string arguments, string words)
    {
        await using var model = await ScriptedRounds.StartAsync(Cancellation, new Round(null, (tool, arguments)), new Round(ScriptedRounds.Answer));
        await using var gateway = await StartAsync(model);

        var answer = await AskAsync(gateway);

        answer.Text.ShouldBe(ScriptedRounds.Answer);
        model.ResultsIn(1).ShouldHaveSingleItem().ShouldContain(words);
        Searches.Count.ShouldBe(1);
        Documents.Requests.ShouldBeEmpty();
    }

    [Fact]
    public async Task Answer_SearchFails_IsAnError()
    {
        await using var model = await ScriptedRounds.StartAsync(Cancellation, Round.Search("broken"));
        await using var gateway = await StartAsync(model);

        var events = await StreamAsync(gateway);

        events.Select(item => item.EventType).ShouldBe(["progress", "error"]);
        JsonSerializer.Deserialize(events[^1].Data, ContractsJson.Default.Problem)!.Status.ShouldBe(502);
    }

    [Fact]
    public async Task Answer_ClientLeaves_EndsTheRound()
    {
        await using var model = await ScriptedRounds.StartAsync(Cancellation, Round.Search("more"), new Round("Days: 30 [1]") { IsEndless = true });
        await using var gateway = await StartAsync(model);
        using (var client = gateway.Client())
        {
            using var response = await client.SendAsync(Ask(stream: true), HttpCompletionOption.ResponseHeadersRead, Cancellation);
            response.StatusCode.ShouldBe(HttpStatusCode.OK);
            await Eventually.HoldsAsync(() => model.Requests.Count == 2);
        }

        await model.Left.WaitAsync(TimeSpan.FromMinutes(1), TimeProvider.System, Cancellation);

        model.Requests.Count.ShouldBe(2);
    }

    [Theory]
    [InlineData(400, """{"error":{"message":"registry.ollama.ai/library/old does not support tools"}}""")]
    [InlineData(400, """{"error":{"message":"\"auto\" tool choice requires --enable-auto-tool-choice and --tool-call-parser to be set"}}""")]
    [InlineData(500, """{"error":{"code":500,"message":"tools param requires --jinja flag","type":"server_error"}}""")]
    [InlineData(404, """{"error":{"message":"No endpoints found that support tool use.","code":404}}""")]
    public async Task Answer_ModelTakesNoTools_Is400WithTheWayOut(int status, string refusal)
    {
        await using var provider = await StubService.StartAsync(context => StubService.AnswerAsync(context, status, refusal), Cancellation);
        await using var gateway = await GatewayUnderTest.StartAsync(
            Cancellation, search: Search, settings: [$"--Chat:Endpoint={provider.Address}/v1", "--Chat:ApiKey=sk-test", "--Chat:Model=old"]);
        using var client = gateway.Client();

        using var response = await client.SendAsync(Ask(stream: false), Cancellation);

        (await response.ShouldBeProblemAsync(HttpStatusCode.BadRequest, Cancellation)).Detail.ShouldNotBeNull().ShouldContain("takes no tools");
    }

    [Fact]
    public async Task Answer_NoModel_Is400WithTheWayOut()
    {
        await using var gateway = await GatewayUnderTest.StartAsync(Cancellation, search: Search);
        using var client = gateway.Client();

        using var response = await client.SendAsync(Ask(stream: false), Cancellation);

        (await response.ShouldBeProblemAsync(HttpStatusCode.BadRequest, Cancellation)).Detail.ShouldNotBeNull().ShouldContain("'mode'");
        Searches.ShouldBeEmpty();
    }
}
