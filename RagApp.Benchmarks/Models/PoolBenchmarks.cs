using BenchmarkDotNet.Attributes;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.AI;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using RagApp.Models;
using RagApp.Models.Chat;
using RagApp.Models.Pool;
using RagApp.Models.Providers.OpenAI;

namespace RagApp.Benchmarks.Models;

/// <summary>
/// Calls a chat model through the pool and directly, both on a server in the same process that answers at once. The pool has five
/// deployments with two keys each, and limits that are never reached.
/// </summary>
[MemoryDiagnoser]
public class PoolBenchmarks
{
    private const string Model = "main";
    private const string Prompt = "What is the capital of France?";
    private const int Deployments = 5;

    private const string Answer = """
        {"id":"1","object":"chat.completion","created":1,"model":"m","choices":[{"index":0,"message":{"role":"assistant","content":"Paris."},"finish_reason":"stop"}],"usage":{"prompt_tokens":9,"completion_tokens":2,"total_tokens":11}}
        """;

    private static readonly ModelCaller Caller = new("acme", "benchmarks");

    private WebApplication _server = null!;
    private IHost _host = null!;
    private HttpClient _http = null!;
    private IChatClient _direct = null!;
    private IChatClient _pooled = null!;
    private DeploymentPool _pool = null!;

    [GlobalSetup]
    public async Task SetupAsync()
    {
        var builder = WebApplication.CreateSlimBuilder(["--urls=http://127.0.0.1:0"]);
        builder.Logging.ClearProviders();
        _server = builder.Build();
        _server.MapPost("/v1/chat/completions", () => Results.Text(Answer, "application/json"));
        await _server.StartAsync();
        var endpoint = new Uri($"{_server.Urls.Single()}/v1");

        _host = BuildPool(endpoint);
        _http = new HttpClient();
        _direct = OpenAIChat.Open(_http, endpoint, "m", "sk-0");
        _pooled = _host.Services.GetRequiredService<ConfiguredChatModel>().Model!.ClientFor(Caller);
        _pool = _host.Services.GetRequiredService<DeploymentPool>();
    }

    [GlobalCleanup]
    public async Task CleanupAsync()
    {
        _http.Dispose();
        _host.Dispose();
        await _server.DisposeAsync();
    }

    [Benchmark(Baseline = true)]
    public Task<ChatResponse> Direct() => _direct.GetResponseAsync(Prompt);

    [Benchmark]
    public Task<ChatResponse> Pooled() => _pooled.GetResponseAsync(Prompt);

    [Benchmark]
    public async Task Lease()
    {
        using var lease = await _pool.LeaseAsync(Model, Caller, tokens: 100, [], CancellationToken.None);
        lease!.Succeeded(tokens: 60);
    }

    private static IHost BuildPool(Uri endpoint)
    {
        var builder = new HostApplicationBuilder(new HostApplicationBuilderSettings { DisableDefaults = true });
        builder.Configuration.AddInMemoryCollection(Enumerable.Range(0, Deployments).SelectMany(number => SettingsOf($"d{number}", endpoint)));
        builder.AddChatModel();
        return builder.Build();
    }

    private static Dictionary<string, string?> SettingsOf(string deployment, Uri endpoint)
    {
        var section = $"Models:Chat:{Model}:Deployments:{deployment}";
        return new Dictionary<string, string?>
        {
            [$"{section}:Provider"] = "openai",
            [$"{section}:Endpoint"] = endpoint.ToString(),
            [$"{section}:Model"] = "m",
            [$"{section}:Keys:0"] = $"sk-{deployment}-0",
            [$"{section}:Keys:1"] = $"sk-{deployment}-1",
            [$"{section}:RequestsPerMinute"] = "10000000",
            [$"{section}:TokensPerMinute"] = "2000000000",
        };
    }
}
