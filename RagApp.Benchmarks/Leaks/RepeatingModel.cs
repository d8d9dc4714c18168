using System.Text;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;

namespace RagApp.Benchmarks.Leaks;

/// <summary>
/// A chat model over real HTTP that does the worst a model can do: it calls every tool that it is given, and its answer repeats all that it was
/// given, but for its instructions: an answer that has them is withheld, and would show nothing. No document is in the instructions.
/// </summary>
internal sealed class RepeatingModel : IAsyncDisposable
{
    private const int RoundsOfTools = 2;
    private const int PieceLength = 40;

    private readonly WebApplication _app;

    private RepeatingModel(WebApplication app) => _app = app;

    /// <summary>Settings of a gateway that answers with this model.</summary>
    public string[] Settings =>
    [
        $"--Chat:Endpoint={_app.Urls.Single()}/v1", "--Chat:ApiKey=sk-none", "--Chat:Model=repeating", "--Chat:MaxContextTokens=16000", "--Chat:MaxOutputTokens=8000",
        "--Reading:MinConfidenceForModel=0",
    ];

    public static async Task<RepeatingModel> StartAsync(CancellationToken cancellationToken)
    {
        var builder = WebApplication.CreateSlimBuilder(["--urls=http://127.0.0.1:0"]);
        builder.Logging.ClearProviders();
        var app = builder.Build();
        app.MapPost("/v1/chat/completions", CompleteAsync);
        await app.StartAsync(cancellationToken);
        return new RepeatingModel(app);
    }

    public ValueTask DisposeAsync() => _app.DisposeAsync();

    private static async Task CompleteAsync(HttpContext context)
    {
        var request = (await JsonNode.ParseAsync(context.Request.Body, cancellationToken: context.RequestAborted))!;
        var messages = request["messages"]!.AsArray();
        if (request["stream"]?.GetValue<bool>() is not true)
        {
            await context.Response.WriteAsJsonAsync(Frame("message", new JsonObject { ["role"] = "assistant", ["content"] = AllOf(messages) }, "stop"), context.RequestAborted);
            return;
        }
        context.Response.ContentType = "text/event-stream";
        if (CallsTools(request, messages))
        {
            await SendAsync(context, Frame("delta", new JsonObject { ["tool_calls"] = Calls(TextOf(messages.Last(message => RoleOf(message) == "user"))) }, finish: null));
            await SendAsync(context, Frame("delta", [], "tool_calls"));
        }
        else
        {
            foreach (var piece in AllOf(messages).Chunk(PieceLength))
                await SendAsync(context, Frame("delta", new JsonObject { ["content"] = new string(piece) }, finish: null));
            await SendAsync(context, Frame("delta", [], "stop"));
        }
        await context.Response.WriteAsync("data: [DONE]\n\n", context.RequestAborted);
    }

    private static bool CallsTools(JsonNode request, JsonArray messages) =>
        request["tools"] is JsonArray { Count: > 0 } && request["tool_choice"]?.ToString() != "none"
        && messages.Count(message => RoleOf(message) == "assistant" && message!["tool_calls"] is not null) < RoundsOfTools;

    private static JsonArray Calls(string question) => new(
        Call(0, "documents_search", new JsonObject { ["query"] = question[..Math.Min(question.Length, 300)] }),
        Call(1, "documents_list", new JsonObject { ["name"] = MadeContent.PathStart }),
        Call(2, "documents_read_around", new JsonObject { ["passage"] = 1 }));

    private static JsonObject Call(int index, string tool, JsonObject arguments) => new()
    {
        ["index"] = index, ["id"] = $"call_{index}", ["type"] = "function", ["function"] = new JsonObject { ["name"] = tool, ["arguments"] = arguments.ToJsonString() },
    };

    private static string AllOf(JsonArray messages)
    {
        var all = new StringBuilder();
        foreach (var message in messages.Where(message => RoleOf(message) != "system"))
            all.Append(TextOf(message)).Append(" [1]\n");
        return all.ToString();
    }

    private static string RoleOf(JsonNode? message) => message!["role"]!.GetValue<string>();

    private static string TextOf(JsonNode? message) => message!["content"] switch
    {
        JsonArray parts => string.Concat(parts.Select(part => part!["text"]?.GetValue<string>())),
        { } text => text.GetValue<string>(),
        null => "",
    };

    private static JsonObject Frame(string name, JsonObject content, string? finish) => new()
    {
        ["id"] = "1", ["object"] = "chat.completion", ["created"] = 1, ["model"] = "repeating",
        ["choices"] = new JsonArray(new JsonObject { ["index"] = 0, [name] = content, ["finish_reason"] = finish }),
    };

    private static async Task SendAsync(HttpContext context, JsonObject data)
    {
        await context.Response.WriteAsync($"data: {data.ToJsonString()}\n\n", context.RequestAborted);
        await context.Response.Body.FlushAsync(context.RequestAborted);
    }
}
