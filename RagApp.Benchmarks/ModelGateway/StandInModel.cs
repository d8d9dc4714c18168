using System.Text;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;

namespace RagApp.Benchmarks.ModelGateway;

/// <summary>A server on loopback that answers every chat completion with the same short text, as fast as it can.</summary>
internal sealed class StandInModel : IAsyncDisposable
{
    public const string Model = "stand-in";

    private static readonly byte[] Answer = Encoding.UTF8.GetBytes(
        """{"id":"c","object":"chat.completion","created":0,"model":"stand-in","choices":[{"index":0,"message":{"role":"assistant","content":"The capital is Paris."},"finish_reason":"stop"}],"usage":{"prompt_tokens":12,"completion_tokens":5,"total_tokens":17}}""");

    private readonly WebApplication _app;

    private StandInModel(WebApplication app) => _app = app;

    public Uri Api => new($"{_app.Urls.Single()}/v1");

    public static async Task<StandInModel> StartAsync(CancellationToken cancellationToken)
    {
        var builder = WebApplication.CreateSlimBuilder(["--urls=http://127.0.0.1:0"]);
        builder.Logging.ClearProviders();
        var app = builder.Build();
        app.MapPost("/v1/chat/completions", AnswerAsync);
        await app.StartAsync(cancellationToken);
        return new StandInModel(app);
    }

    public ValueTask DisposeAsync() => _app.DisposeAsync();

    private static async Task AnswerAsync(HttpContext context)
    {
        await context.Request.Body.CopyToAsync(Stream.Null, context.RequestAborted);
        context.Response.ContentType = "application/json";
        context.Response.ContentLength = Answer.Length;
        await context.Response.Body.WriteAsync(Answer, context.RequestAborted);
    }
}
