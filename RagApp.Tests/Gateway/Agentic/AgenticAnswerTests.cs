using System.Collections.Concurrent;
using System.Diagnostics;
using System.Text.Json;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using RagApp.Contracts;
using RagApp.Contracts.Answers;
using RagApp.Contracts.Search;
using RagApp.Tests.Ingestion.Dlp;

namespace RagApp.Tests.Gateway.Agentic;

/// <summary>Answers for which the model searches on by itself, with a model that plays its rounds.</summary>
public sealed class AgenticAnswerTests : AgenticServices
{
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

    [Fact]
    public async Task Answer_PersonsFilters_HoldForEverySearch()
    {
        await using var model = await ScriptedRounds.StartAsync(
            Cancellation, new Round(null, ("documents_search", """{"query":"x","type":"word","from":"2020-01-01","before":"2023-01-01","document":"d9"}"""), ("documents_list", """{"name":"leave"}""")), new Round(ScriptedRounds.Answer));
        await using var gateway = await StartAsync(model);

        await AskAsync(gateway, new SearchFilters { Types = ["pdf"], From = new DateTimeOffset(2022, 1, 1, 0, 0, 0, TimeSpan.Zero) });

        var filters = Searches.Last().Filters!;
        filters.Types.ShouldBe(["pdf"]);
        filters.Documents.ShouldBe(["d9"]);
        (filters.From!.Value.Year, filters.Before!.Value.Year).ShouldBe((2022, 2023));
        model.ResultsIn(1)[1].ShouldBe("No document has such a name.");
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
}
