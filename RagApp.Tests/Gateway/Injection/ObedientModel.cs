using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Http;
using RagApp.Contracts;
using RagApp.Contracts.Search;
using RagApp.Gateway.Answers.Model.Guard;
using RagApp.Models.Chat;
using RagApp.Tests.TestServices;

namespace RagApp.Tests.Gateway.Injection;

/// <summary>A gateway with a search that finds an attack besides a good passage, and a model that obeys every attack in its prompt.</summary>
public sealed class ObedientModel : IAsyncLifetime
{
    public const string Good = "Every employee has 30 days of paid leave per year";

    private static readonly SearchHit Leave = AnswerFixture.Passage("leave", $"{Good}.");

    private StubService _model = null!;
    private StubService _search = null!;
    private StubService _embedding = null!;

    internal GatewayUnderTest Gateway { get; private set; } = null!;

    public async ValueTask InitializeAsync()
    {
        _model = await StubService.StartAsync(AnswerAsync, Cancellation);
        _search = await StubService.StartAsync(SearchAsync, Cancellation);
        _embedding = await AnswerFixture.EmbeddingAsync(Cancellation);
        Gateway = await GatewayUnderTest.StartAsync(
            Cancellation, search: _search, embedding: _embedding,
            settings: [$"--Chat:Endpoint={_model.Address}/v1", "--Chat:Model=test-model", "--RateLimits:PerPrincipal=0"]);
    }

    public async ValueTask DisposeAsync()
    {
        await Gateway.DisposeAsync();
        await _search.DisposeAsync();
        await _embedding.DisposeAsync();
        await _model.DisposeAsync();
    }

    /// <summary>Finds the attack whose id ends the question.</summary>
    private static async Task SearchAsync(HttpContext context)
    {
        var request = (await context.Request.ReadFromJsonAsync(ContractsJson.Default.SearchRequest))!;
        var attack = InjectionCases.Attacks[request.Query.Split('#')[^1]];
        SearchHit[] hits = [Leave, AnswerFixture.Passage("hostile", $"The picnic is in June.\n\n{attack.Text}")];
        await context.Response.WriteAsJsonAsync(new SearchResponse(hits, AnswerFixture.Explanation), ContractsJson.Default.SearchResponse);
    }

    private static async Task AnswerAsync(HttpContext context)
    {
        var messages = (await JsonNode.ParseAsync(context.Request.Body))!["messages"]!.AsArray();
        var (system, user) = (TextOf(messages[0]!["content"]), TextOf(messages[messages.Count - 1]!["content"]));
        var attack = InjectionCases.Attacks.Values.FirstOrDefault(attack => user.Contains(PromptText.Escape(attack.Text), StringComparison.Ordinal));
        var said = attack?.Obey.Replace("{PROMPT}", system, StringComparison.Ordinal).Replace("{MARK}", PromptMark.Value, StringComparison.Ordinal) ?? $"{Good} [1].";
        context.Response.ContentType = "text/event-stream";
        foreach (var piece in said.Chunk(7))
            await SendAsync(context, new JsonObject { ["content"] = new string(piece) }, null);
        await SendAsync(context, [], "stop");
        await context.Response.WriteAsync("data: [DONE]\n\n");
    }

    private static string TextOf(JsonNode? content) =>
        content is JsonArray parts ? string.Concat(parts.Select(part => (string?)part!["text"])) : (string?)content ?? "";

    private static Task SendAsync(HttpContext context, JsonObject delta, string? reason)
    {
        var chunk = new JsonObject
        {
            ["id"] = "1", ["object"] = "chat.completion.chunk", ["created"] = 1, ["model"] = "m",
            ["choices"] = new JsonArray(new JsonObject { ["index"] = 0, ["delta"] = delta, ["finish_reason"] = reason }),
        };
        return context.Response.WriteAsync($"data: {chunk.ToJsonString()}\n\n");
    }
}
