using System.Net.Http.Json;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Http;
using RagApp.Contracts.Confidential;
using RagApp.Contracts;
using RagApp.Contracts.Answers;
using RagApp.Contracts.Search;
using RagApp.Tests.TestServices;

namespace RagApp.Tests.Gateway.Redacting;

/// <summary>Confidential data in answers, chat completions and search results, through a real gateway.</summary>
public sealed class RedactionTests
{
    private const string Card = "4111 1111 1111 1111";
    private const string Key = "AKIA" + "Q3EGUZ7XK2MN4PLT";

    private static readonly SearchHit Expenses = AnswerFixture.Passage("expenses", $"Expenses are paid with the company card {Card}, as everybody knows, says anna@example.org.");

    [Fact]
    public async Task Answer_QuotesACardNumber_IsMaskedInTextAndCitation()
    {
        await using var services = await StartAsync(null, Expenses);

        var answer = await services.AskAsync("Which card are expenses paid with?");

        answer.Text.ShouldContain("company card [PAYMENT CARD], as everybody knows");
        answer.Citations.ShouldHaveSingleItem().Quote.ShouldContain("[PAYMENT CARD]");
        JsonSerializer.Serialize(answer, ContractsJson.Default.AnswerResponse).ShouldNotContain("4111");
        answer.Summary.Hidden.ShouldBe([new HiddenData("payment-card", RedactionAction.Mask, 1)]);
        answer.Text.ShouldContain("anna@example.org");
    }

    [Fact]
    public async Task Answer_QuotedInAStream_EachQuoteIsOnePieceBeforeItsCitation()
    {
        await using var services = await StartAsync(null, Expenses);

        var events = await services.StreamAsync("Which card are expenses paid with?", AnswerMode.Direct);

        events.Select(item => item.EventType).ShouldBe(["token", "token", "citation", "done"]);
        JsonSerializer.Deserialize(events[1].Data, ContractsJson.Default.AnswerToken)!.Text.ShouldMatch(@"^\n\n“[^”]*\[PAYMENT CARD\][^”]*” \[1\]$");
    }

    [Theory]
    [InlineData("direct"), InlineData("agentic")]
    public async Task Answer_StreamedByAModelInPiecesOfThreeCharacters_NoPieceHasTheCard(string mode)
    {
        await using var model = await ScriptedModel.StartAsync($"Expenses are paid with the company card {Card} [1]. The key is {Key}, everybody knows [1].", Cancellation);
        await using var services = await StartAsync(model, Expenses);

        var events = await services.StreamAsync("Which card are expenses paid with?", mode == "agentic" ? AnswerMode.Agentic : AnswerMode.Direct);

        var text = string.Concat(events.Where(item => item.EventType == "token").Select(item => JsonSerializer.Deserialize(item.Data, ContractsJson.Default.AnswerToken)!.Text));
        text.ShouldStartWith("Expenses are paid with the company card [PAYMENT CARD] [1].");
        events.ShouldAllBe(item => !item.Data.Contains("4111", StringComparison.Ordinal) && !item.Data.Contains("AKIA", StringComparison.Ordinal));
        events.Count(item => item.EventType == "token").ShouldBeGreaterThan(5);
        events.FindIndex(item => item.EventType == "citation").ShouldBeGreaterThan(events.FindIndex(item => item.Data.Contains("[1]", StringComparison.Ordinal)));
        JsonSerializer.Deserialize(events[^1].Data, ContractsJson.Default.AnswerSummary)!.Hidden.Select(hidden => hidden.Kind).ShouldContain("payment-card");
    }

    [Fact]
    public async Task Answer_PolicyHashes_EqualDataHasEqualMarksInTheTenant()
    {
        await using var services = await StartAsync(null, [Expenses], "--Redaction:Default:PaymentCard=hash", "--Redaction:Tenants:acme:Email=hash");

        var first = (await services.AskAsync("Which card are expenses paid with?")).Text;
        var second = (await services.AskAsync("Which card are expenses paid with?")).Text;

        first.ShouldMatch("company card \\[PAYMENT CARD [0-9a-f]{12}\\]");
        second.ShouldBe(first);
    }

    [Theory]
    [InlineData(true), InlineData(false)]
    public async Task Answer_PolicyBlocks_IsWithheld(bool streams)
    {
        await using var services = await StartAsync(null, [Expenses], "--Redaction:Default:PaymentCard=block");

        AnswerSummary summary;
        string said;
        if (streams)
        {
            var events = await services.StreamAsync("Which card are expenses paid with?", AnswerMode.Direct);
            said = string.Concat(events.Select(item => item.Data));
            events[^2].EventType.ShouldBe("withdrawn");
            summary = JsonSerializer.Deserialize(events[^1].Data, ContractsJson.Default.AnswerSummary)!;
        }
        else
        {
            var answer = await services.AskAsync("Which card are expenses paid with?");
            answer.Text.ShouldBe("The answer is withheld, since it has confidential data.");
            answer.Citations.ShouldBeEmpty();
            (said, summary) = (answer.Text, answer.Summary);
        }

        said.ShouldNotContain("4111");
        summary.Found.ShouldBeFalse();
        summary.Withheld.ShouldNotBeNull();
        summary.Hidden.ShouldBe([new HiddenData("payment-card", RedactionAction.Block, 1)]);
    }

    [Theory]
    [InlineData("true", "[PAYMENT CARD]", 1), InlineData("false", Card, 0)]
    public async Task Search_SnippetWithACardNumber_IsMaskedUnlessThePolicySaysOtherwise(string passages, string shown, int hidden)
    {
        await using var services = await StartAsync(null, [Expenses], $"--Redaction:Passages={passages}");
        using var client = services.Gateway.Client();

        using var response = await client.PostAsJsonAsync("v1/search", new SearchRequest("card"), ContractsJson.Default.SearchRequest, Cancellation);
        var found = (await response.Content.ReadFromJsonAsync(ContractsJson.Default.SearchResponse, Cancellation))!;

        found.Hits.ShouldHaveSingleItem().Text.ShouldContain($"company card {shown},");
        (found.Hidden?.Sum(data => data.Count) ?? 0).ShouldBe(hidden);
    }

    [Fact]
    public async Task Completion_Streamed_NoChunkHasTheCardAndTheLastOneSaysSo()
    {
        await using var model = await ScriptedModel.StartAsync($"Your card is {Card}, and the mail is anna@example.org", Cancellation);
        await using var services = await StartAsync(model);

        var stream = await services.CompleteAsync("""{"model":"test-model","stream":true,"messages":[{"role":"user","content":"Hi"}]}""");

        var chunks = stream.Split("\n\n").Where(line => line.StartsWith("data: {", StringComparison.Ordinal)).Select(line => JsonNode.Parse(line[6..])!).ToList();
        string.Concat(chunks.Select(chunk => (string?)chunk["choices"]![0]!["delta"]!["content"])).ShouldBe("Your card is [PAYMENT CARD], and the mail is anna@example.org");
        stream.ShouldNotContain("4111");
        stream.ShouldEndWith("data: [DONE]\n\n");
        chunks[^1]["hidden"]!.ToJsonString().ShouldBe("""[{"kind":"payment-card","action":"mask","count":1}]""");
    }

    [Theory]
    [InlineData("mask", "stop", "The card is [PAYMENT CARD]."), InlineData("block", "content_filter", "")]
    public async Task Completion_Whole_HasNoCardInTextAndToolCalls(string action, string reason, string said)
    {
        var whole = """{"id":"1","choices":[{"index":0,"finish_reason":"stop","logprobs":{"content":[{"token":"4111"}]},"message":{"role":"assistant","content":"The card is CARD.","tool_calls":[{"id":"c","type":"function","function":{"name":"pay","arguments":"{\"card\":\"4111111111111111\"}"}}]}}],"usage":{"prompt_tokens":1,"completion_tokens":1}}""".Replace("CARD", Card, StringComparison.Ordinal);
        await using var model = await StubService.StartAsync(context => StubService.AnswerAsync(context, StatusCodes.Status200OK, whole), Cancellation);
        await using var services = await StartAsync(model, [], $"--Redaction:Default:PaymentCard={action}");

        var answer = await services.CompleteAsync("""{"model":"test-model","messages":[{"role":"user","content":"Hi"}]}""");

        answer.ShouldNotContain("4111");
        var choice = JsonNode.Parse(answer)!["choices"]![0]!;
        ((string?)choice["finish_reason"], (string?)choice["message"]!["content"]).ShouldBe((reason, said));
        JsonNode.Parse(answer)!["usage"]!["prompt_tokens"]!.GetValue<int>().ShouldBe(1);
    }

    [Fact]
    public async Task Completion_ToolCallsStreamed_ArgumentsStayJsonWithoutTheCard()
    {
        string[] pieces = ["{\"card\":\"4111 11", "11 1111 11", "11\",\"n\":1}"];
        await using var model = await StubService.StartAsync(async context =>
        {
            context.Response.ContentType = "text/event-stream";
            foreach (var piece in pieces)
                await context.Response.WriteAsync($"data: {Delta(new JsonObject { ["tool_calls"] = new JsonArray(new JsonObject { ["index"] = 0, ["function"] = new JsonObject { ["arguments"] = piece } }) }, null)}\n\n");
            await context.Response.WriteAsync($"data: {Delta([], "tool_calls")}\n\ndata: [DONE]\n\n");
        }, Cancellation);
        await using var services = await StartAsync(model);

        var stream = await services.CompleteAsync("""{"model":"test-model","stream":true,"messages":[{"role":"user","content":"Hi"}]}""");

        var arguments = string.Concat(stream.Split("\n\n").Where(line => line.StartsWith("data: {", StringComparison.Ordinal))
            .Select(line => (string?)JsonNode.Parse(line[6..])!["choices"]![0]!["delta"]!["tool_calls"]?[0]!["function"]!["arguments"]));
        arguments.ShouldBe("""{"card":"[PAYMENT CARD]","n":1}""");
    }

    [Theory]
    [InlineData("--Redaction:Default:PaymentCards=mask", "names no kind of data"), InlineData("--Redaction:Tenants:acme:Email=quarantine", "one of allow, hash, mask, block")]
    [InlineData("--Redaction:HashKey=short", "at least 32")]
    public async Task Settings_ThatMeanNothing_StopTheStart(string setting, string words) =>
        (await Should.ThrowAsync<Microsoft.Extensions.Options.OptionsValidationException>(() => GatewayUnderTest.StartAsync(Cancellation, settings: [setting]))).Message.ShouldContain(words);

    private static string Delta(JsonObject delta, string? reason) => new JsonObject
    {
        ["id"] = "1", ["object"] = "chat.completion.chunk", ["created"] = 1, ["model"] = "m",
        ["choices"] = new JsonArray(new JsonObject { ["index"] = 0, ["delta"] = delta, ["finish_reason"] = reason }),
    }.ToJsonString();

    private static Task<Services> StartAsync(StubService? model, params SearchHit[] hits) => StartAsync(model, hits, []);

    private static async Task<Services> StartAsync(StubService? model, SearchHit[] hits, params string[] settings)
    {
        var search = await AnswerFixture.SearchAsync(Cancellation, hits);
        var embedding = await AnswerFixture.EmbeddingAsync(Cancellation);
        string[] chat = model is null ? ["--Extractive:MinScore=0"] : [$"--Chat:Endpoint={model.Address}/v1", "--Chat:Model=test-model"];
        return new Services(await GatewayUnderTest.StartAsync(Cancellation, search: search, embedding: embedding, settings: [.. chat, .. settings]), search, embedding);
    }

    /// <summary>A gateway with the stand-ins behind it.</summary>
    private sealed record Services(GatewayUnderTest Gateway, StubService Search, StubService Embedding) : IAsyncDisposable
    {
        public async Task<AnswerResponse> AskAsync(string question)
        {
            using var client = Gateway.Client();
            using var response = await client.SendAsync(AnswerFixture.Ask(question, stream: false), Cancellation);
            return (await response.Content.ReadFromJsonAsync(ContractsJson.Default.AnswerResponse, Cancellation))!;
        }

        public async Task<List<System.Net.ServerSentEvents.SseItem<string>>> StreamAsync(string question, AnswerMode mode)
        {
            using var client = Gateway.Client();
            using var response = await client.PostAsJsonAsync(
                "v1/answers", new AnswerRequest(question, Stream: true) { Mode = mode }, ContractsJson.Default.AnswerRequest, Cancellation);
            return await AnswerFixture.ReadEventsAsync(response, Cancellation);
        }

        public async Task<string> CompleteAsync(string body)
        {
            using var client = Gateway.Client();
            using var content = new StringContent(body, Encoding.UTF8, "application/json");
            using var response = await client.PostAsync("v1/chat/completions", content, Cancellation);
            return await response.Content.ReadAsStringAsync(Cancellation);
        }

        public async ValueTask DisposeAsync()
        {
            await Gateway.DisposeAsync();
            await Search.DisposeAsync();
            await Embedding.DisposeAsync();
        }
    }
}
