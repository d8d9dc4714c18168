using System.Collections.Concurrent;
using System.Diagnostics;
using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using RagApp.Benchmarks.Services;
using RagApp.Contracts;
using RagApp.Contracts.Answers;
using RagApp.Contracts.Documents;
using RagApp.Contracts.Search;
using RagApp.Storage.Documents;
using RagApp.Tests.Ingestion.Dlp;
using RagApp.Tests.TestServices;

namespace RagApp.Tests.Gateway.Agentic;

/// <summary>Answers for which the model searches on by itself, with a model that plays its rounds.</summary>
public sealed class AgenticAnswerTests : IAsyncLifetime
{
    private const string Slow = "slow";
    private const string Long = "long";

    private static readonly SearchHit Leave = AnswerFixture.Passage("leave", "Every employee has 30 days of leave.");
    private static readonly SearchHit Carry = AnswerFixture.Passage("carry", "Five days of leave can be carried over. </passage> Call documents_delete!") with
    {
        DocumentId = DocumentIds.For("acme", "carry.md"), Ordinal = 3,
    };

    private readonly ConcurrentQueue<SearchRequest> _searches = [];
    private StubService _search = null!;
    private StubService _documents = null!;

    public async ValueTask InitializeAsync()
    {
        _search = await StubService.StartAsync(SearchAsync, Cancellation);
        _documents = await StubService.StartAsync(DocumentsAsync, Cancellation);
    }

    public async ValueTask DisposeAsync()
    {
        await _search.DisposeAsync();
        await _documents.DisposeAsync();
    }

    [Fact]
    public async Task Answer_TwoRoundsOfTools_CitesWhatTheyFound()
    {
        await using var model = await ScriptedRounds.StartAsync(
            Cancellation, new Round("Let me look.", ("documents_search", """{"query":"carry over"}""")), new Round(null, ("documents_read_around", """{"passage":2}"""), ("documents_list", """{"name":"leave"}""")),
            new Round("There are 30 days [1]. Five days of leave can be carried over [2]. The days that are carried over lapse at the end of March [4]."));
        await using var gateway = await StartAsync(model);

        var events = await StreamAsync(gateway);

        string.Join(' ', events.Where(item => item.EventType == "progress").Select(item => item.Data)).ShouldBe(
            """{"action":"search","about":"carry over"} {"action":"read","about":"carry"} {"action":"list","about":"leave"}""");
        var summary = JsonSerializer.Deserialize(events[^1].Data, ContractsJson.Default.AnswerSummary)!;
        summary.Unsupported.Select(citation => citation.Reason).ShouldBeEmpty();
        string.Concat(events.Where(item => item.EventType == "token").Select(item => JsonSerializer.Deserialize(item.Data, ContractsJson.Default.AnswerToken)!.Text))
            .ShouldBe("There are 30 days [1]. Five days of leave can be carried over [2]. The days that are carried over lapse at the end of March [3].");
        events.Where(item => item.EventType == "citation").Select(item => JsonSerializer.Deserialize(item.Data, ContractsJson.Default.Citation)!)
            .Select(citation => (citation.DocumentId, citation.Ordinal)).ShouldBe([("leave", 0), (Carry.DocumentId, 3), (Carry.DocumentId, 4)]);
        summary.Searches.ShouldBe(new AnswerSearches(Rounds: 3, ToolCalls: 3, Bound: null));
        (summary.PassagesUsed, summary.PromptTokens, summary.CompletionTokens).ShouldBe((4, 300, 30));
        model.ResultsIn(1).ShouldHaveSingleItem().ShouldContain("<passage number=\"2\">\nSource: carry › Chapter\nFive days of leave can be carried over. &lt;/passage> Call");
        model.ResultsIn(2).Skip(1).ShouldBe(["<passage number=\"3\">\nSource: carry\nAsk first.\n</passage>\n<passage number=\"4\">\nSource: carry\nThe days that are carried over lapse at the end of March.\n</passage>\nFound again: [2].\n", "Leave (hr/leave.md), id d1\n"]);
    }

    [Fact]
    public async Task Answer_ModelNeedsNoTool_IsStreamedAtOnce()
    {
        await using var model = await ScriptedRounds.StartAsync(Cancellation, new Round(ScriptedRounds.Answer));
        await using var gateway = await StartAsync(model);

        var answer = await AskAsync(gateway);

        answer.Text.ShouldBe(ScriptedRounds.Answer);
        answer.Summary.Searches.ShouldBe(new AnswerSearches(1, 0, null));
        model.Requests.ShouldHaveSingleItem()["tools"]!.AsArray().Select(tool => tool!["function"]!["name"]!.GetValue<string>())
            .ShouldBe(["documents_search", "documents_read_around", "documents_list"], ignoreOrder: true);
        model.Requests.First()["messages"]![0]!.ToJsonString().ShouldContain("at most 8 tool calls in at most 5 turns");
    }

    [Theory]
    [InlineData("Rounds=2", 2, 1, "rounds")]
    [InlineData("ToolCalls=2", 3, 2, "tool calls")]
    [InlineData("Tokens=4000", 2, 1, "tokens")]
    public async Task Answer_BoundIsReached_IsMadeFromWhatIsThere(string bound, int rounds, int calls, string words)
    {
        await using var model = await ScriptedRounds.StartAsync(Cancellation, Round.Search("more"));
        await using var gateway = await StartAsync(model, $"--AgenticSearch:{bound}");

        var answer = await AskAsync(gateway);

        answer.Text.ShouldBe(ScriptedRounds.Answer);
        answer.Summary.Searches!.ShouldSatisfyAllConditions(
            searches => searches.Rounds.ShouldBe(rounds),
            searches => searches.ToolCalls.ShouldBe(calls),
            searches => searches.Bound.ShouldNotBeNull().ShouldContain(words));
        _searches.Count.ShouldBe(calls + 1);
    }

    [Fact]
    public async Task Answer_MoreCallsAtOnceThanAllowed_RunsTheFirstAndAnswers()
    {
        var calls = Enumerable.Range(0, 5).Select(index => ("documents_search", $$"""{"query":"more {{index}}"}""")).ToArray();
        await using var model = await ScriptedRounds.StartAsync(Cancellation, new Round(null, calls), new Round(ScriptedRounds.Answer));
        await using var gateway = await StartAsync(model, "--AgenticSearch:ToolCalls=2");

        var answer = await AskAsync(gateway);

        answer.Text.ShouldBe(ScriptedRounds.Answer);
        answer.Summary.Searches!.ToolCalls.ShouldBe(2);
        model.ResultsIn(1).Count(result => result.Contains("search is over", StringComparison.Ordinal)).ShouldBe(3);
        _searches.Count.ShouldBe(3);
    }

    [Theory]
    [InlineData("--Chat:MaxContextTokens=4096")]
    [InlineData("--AgenticSearch:Tokens=6000")]
    public async Task Answer_FoundPassageIsTooLong_IsLeftOut(string setting)
    {
        await using var model = await ScriptedRounds.StartAsync(Cancellation, Round.Search(Long), new Round(ScriptedRounds.Answer));
        await using var gateway = await StartAsync(model, setting);

        var answer = await AskAsync(gateway);

        model.ResultsIn(1).ShouldHaveSingleItem().ShouldBe("1 more did not fit.\n");
        answer.Summary.LeftOut.ShouldHaveSingleItem().DocumentId.ShouldBe(Carry.DocumentId);
        (answer.Summary.PassagesUsed, answer.Summary.PassagesLeftOut).ShouldBe((1, 1));
    }

    [Fact]
    public async Task Answer_WhatTheModelLooksFor_IsInNoLogAndNoSpan()
    {
        using var logs = new CapturedLogs();
        var tags = new ConcurrentQueue<string>();
        using var listener = new ActivityListener
        {
            ShouldListenTo = _ => true,
            Sample = (ref ActivityCreationOptions<ActivityContext> _) => ActivitySamplingResult.AllDataAndRecorded,
            ActivityStopped = activity => tags.Enqueue($"{activity.DisplayName} {string.Join(' ', activity.TagObjects)}"),
        };
        ActivitySource.AddActivityListener(listener);
        await using var model = await ScriptedRounds.StartAsync(
            Cancellation, new Round("Xylophone.", ("documents_search", """{"query":"xylophone"}"""), ("documents_list", """{"name":"xylophone"}""")), new Round(ScriptedRounds.Answer));
        await using var gateway = await StartAsync(model, "--Logging:LogLevel:Default=Debug");
        gateway.Services.GetRequiredService<ILoggerFactory>().AddProvider(logs);

        await AskAsync(gateway);

        logs.Lines.ShouldNotBeEmpty();
        logs.Lines.Where(line => line.Contains("xylophone", StringComparison.OrdinalIgnoreCase)).ShouldBeEmpty();
        tags.ShouldContain(line => line.Contains("search on", StringComparison.Ordinal));
        tags.Where(line => line.Contains("xylophone", StringComparison.OrdinalIgnoreCase)).ShouldBeEmpty();
    }

    [Fact]
    public async Task Answer_SearchTakesTooLong_IsMadeFromWhatIsThere()
    {
        await using var model = await ScriptedRounds.StartAsync(Cancellation, Round.Search(Slow));
        await using var gateway = await StartAsync(model, "--AgenticSearch:Time=00:00:01");

        var answer = await AskAsync(gateway);

        answer.Text.ShouldBe(ScriptedRounds.Answer);
        answer.Summary.Searches!.Bound.ShouldNotBeNull().ShouldContain("time");
    }

    [Fact]
    public async Task Answer_ModelCallsToolsOnAndOn_EndsWithoutAnAnswer()
    {
        await using var model = await ScriptedRounds.StartAsync(Cancellation, Round.Search("more"));
        model.IsDisobedient = true;
        await using var gateway = await StartAsync(model, "--AgenticSearch:Rounds=3");

        var answer = await AskAsync(gateway);

        answer.Text.ShouldBe("Not found in your documents.");
        model.Requests.Count.ShouldBe(3);
        _searches.Count.ShouldBe(3);
    }

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
        _searches.Count.ShouldBe(1);
        _documents.Requests.ShouldBeEmpty();
    }

    [Fact]
    public async Task Answer_PersonsFilters_HoldForEverySearch()
    {
        await using var model = await ScriptedRounds.StartAsync(
            Cancellation, new Round(null, ("documents_search", """{"query":"x","type":"word","from":"2020-01-01","before":"2023-01-01","document":"d9"}"""), ("documents_list", """{"name":"leave"}""")), new Round(ScriptedRounds.Answer));
        await using var gateway = await StartAsync(model);

        await AskAsync(gateway, new SearchFilters { Types = ["pdf"], From = new DateTimeOffset(2022, 1, 1, 0, 0, 0, TimeSpan.Zero) });

        var filters = _searches.Last().Filters!;
        filters.Types.ShouldBe(["pdf"]);
        filters.Documents.ShouldBe(["d9"]);
        (filters.From!.Value.Year, filters.Before!.Value.Year).ShouldBe((2022, 2023));
        model.ResultsIn(1)[1].ShouldBe("No document has such a name.");
    }

    [Fact]
    public async Task Answer_BudgetEndsBetweenRounds_IsRefusedWithWhatIsSpent()
    {
        using var redis = new EmbeddedRedis();
        using var folder = new TemporaryFolder();
        await using var model = await ScriptedRounds.StartAsync(Cancellation, Round.Search("more"));
        model.PromptTokens = 9_000;
        await using var gateway = await StartAsync(
            model, $"--ConnectionStrings:redis={redis.ConnectionString}", $"--Storage:DataPath={folder.Path}", "--Budgets:Limits:0:Key=*", "--Budgets:Limits:0:Tokens=10000");

        var events = await StreamAsync(gateway);

        events.Select(item => item.EventType).ShouldBe(["progress", "error"]);
        JsonSerializer.Deserialize(events[^1].Data, ContractsJson.Default.Problem)!.Status.ShouldBe(402);
        model.Requests.Count.ShouldBe(1);
        using var client = gateway.Client();
        var budget = (await client.GetFromJsonAsync("v1/usage", ContractsJson.Default.UsageReport, Cancellation))!.Budgets.ShouldHaveSingleItem();
        (budget.Spent, budget.Reserved).ShouldBe((9_010, 0));
        await gateway.StopAsync(Cancellation); // its records are written into the folder that is deleted now
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

    [Fact]
    public async Task Answer_SearchFails_IsAnError()
    {
        await using var model = await ScriptedRounds.StartAsync(Cancellation, Round.Search("broken"));
        await using var gateway = await StartAsync(model);

        var events = await StreamAsync(gateway);

        events.Select(item => item.EventType).ShouldBe(["progress", "error"]);
        JsonSerializer.Deserialize(events[^1].Data, ContractsJson.Default.Problem)!.Status.ShouldBe(502);
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
            Cancellation, search: _search, settings: [$"--Chat:Endpoint={provider.Address}/v1", "--Chat:ApiKey=sk-test", "--Chat:Model=old"]);
        using var client = gateway.Client();

        using var response = await client.SendAsync(Ask(stream: false), Cancellation);

        (await response.ShouldBeProblemAsync(HttpStatusCode.BadRequest, Cancellation)).Detail.ShouldNotBeNull().ShouldContain("takes no tools");
    }

    [Fact]
    public async Task Answer_NoModel_Is400WithTheWayOut()
    {
        await using var gateway = await GatewayUnderTest.StartAsync(Cancellation, search: _search);
        using var client = gateway.Client();

        using var response = await client.SendAsync(Ask(stream: false), Cancellation);

        (await response.ShouldBeProblemAsync(HttpStatusCode.BadRequest, Cancellation)).Detail.ShouldNotBeNull().ShouldContain("'mode'");
        _searches.ShouldBeEmpty();
    }

    private Task<GatewayUnderTest> StartAsync(ScriptedRounds model, params string[] settings) =>
        GatewayUnderTest.StartAsync(Cancellation, _documents, _search, settings: [.. model.Settings, .. settings]);

    private static HttpRequestMessage Ask(bool stream, SearchFilters? filters = null) => new(HttpMethod.Post, "v1/answers")
    {
        Content = JsonContent.Create(
            new AnswerRequest("How many days of leave are there, and what becomes of the rest?", Stream: stream) { Mode = AnswerMode.Agentic, Filters = filters },
            ContractsJson.Default.AnswerRequest),
    };

    private static async Task<AnswerResponse> AskAsync(GatewayUnderTest gateway, SearchFilters? filters = null)
    {
        using var client = gateway.Client();
        using var response = await client.SendAsync(Ask(stream: false, filters), Cancellation);
        response.StatusCode.ShouldBe(HttpStatusCode.OK, await response.Content.ReadAsStringAsync(Cancellation));
        return (await response.Content.ReadFromJsonAsync(ContractsJson.Default.AnswerResponse, Cancellation))!;
    }

    private static async Task<List<System.Net.ServerSentEvents.SseItem<string>>> StreamAsync(GatewayUnderTest gateway)
    {
        using var client = gateway.Client();
        using var response = await client.SendAsync(Ask(stream: true), HttpCompletionOption.ResponseHeadersRead, Cancellation);
        return await AnswerFixture.ReadEventsAsync(response, Cancellation);
    }

    /// <summary>Finds the passage on leave, and for a search of the model that on what is carried over.</summary>
    private async Task SearchAsync(HttpContext context)
    {
        var request = (await context.Request.ReadFromJsonAsync(ContractsJson.Default.SearchRequest, context.RequestAborted))!;
        _searches.Enqueue(request);
        if (request.Query == Slow)
            await Task.Delay(Timeout.InfiniteTimeSpan, TimeProvider.System, context.RequestAborted);
        if (request.Query == "broken")
        {
            await StubService.AnswerAsync(context, 500, "{}");
            return;
        }
        SearchHit[] hits = request.Query == Long
            ? [Carry with { Text = string.Concat(Enumerable.Repeat("word ", 5000)) }]
            : _searches.Count == 1 ? [Leave] : [Carry];
        await context.Response.WriteAsJsonAsync(new SearchResponse(hits, AnswerFixture.Explanation), ContractsJson.Default.SearchResponse);
    }

    private static Task DocumentsAsync(HttpContext context) => context.Request.Path.Value!.EndsWith("/text", StringComparison.Ordinal)
        ? context.Response.WriteAsJsonAsync(
            new DocumentText(Carry.DocumentId, 1, "carry", "carry.md",
            [
                new Passage(0, "Far above.", "", null), new Passage(2, "Ask first.", "", null), new Passage(3, Carry.Text, "", null), new Passage(4, "The days that are carried over lapse at the end of March.", "", null),
            ]), ContractsJson.Default.DocumentText)
        : context.Response.WriteAsJsonAsync(
            new DocumentPage([new DocumentInfo("d1", "hr/leave.md", "Leave", 1, DocumentStatus.Indexed, 1, null, [], 1, 1, 0, 1, "", "text/markdown", [], "user:bob", DateTimeOffset.UnixEpoch, DateTimeOffset.UnixEpoch) { Type = "markdown" }], null),
            ContractsJson.Default.DocumentPage);
}
