using Microsoft.Extensions.AI;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using RagApp.Models;
using RagApp.Models.Chat;
using RagApp.Models.Pool;
using RagApp.Tests.TestServices.FakeProvider;

namespace RagApp.Tests.Models.Pool;

/// <summary>A host with the chat model <c>main</c> of section <c>Models:Chat</c>.</summary>
internal sealed class PoolHost(IHost host) : IDisposable
{
    public const string Model = "main";
    public const string Prompt = "What is the capital of the hexagon?";

    public IServiceProvider Services => host.Services;

    public ConfiguredChatModel Models => Services.GetRequiredService<ConfiguredChatModel>();

    public DeploymentPool Pool
    {
        get
        {
            _ = Models.Model; // the list configures the pool
            return Services.GetRequiredService<DeploymentPool>();
        }
    }

    public RawChat Raw => Services.GetRequiredService<RawChat>();

    /// <param name="settings">Settings; of several for the same key the last one counts.</param>
    public static PoolHost Start(params (string Key, string Value)[] settings) => Start(TimeProvider.System, settings);

    public static PoolHost Start(TimeProvider time, params (string Key, string Value)[] settings) => new(ChatHost.Build(
        builder => builder.Services.AddSingleton(time), [.. settings.GroupBy(setting => setting.Key).Select(same => same.Last())]));

    /// <summary>Settings of a deployment that is served by <paramref name="provider"/>.</summary>
    public static (string Key, string Value)[] Deployment(string name, FakeModelProvider provider, params (string Key, string Value)[] more) =>
    [
        (Key(name, "Provider"), "openai"),
        (Key(name, "Endpoint"), provider.Endpoint.ToString()),
        (Key(name, "ApiKey"), $"sk-{name}"),
        (Key(name, "Model"), FakeModelProvider.ChatModel),
        .. more.Select(setting => (Key(name, setting.Key), setting.Value)),
    ];

    /// <summary>Settings of a deployment that nobody calls.</summary>
    public static (string Key, string Value)[] Unused(string name, params (string Key, string Value)[] more) =>
    [
        (Key(name, "Provider"), "openai"),
        (Key(name, "Endpoint"), $"http://127.0.0.1:1/{name}/v1"),
        (Key(name, "ApiKey"), $"sk-{name}"),
        .. more.Select(setting => (Key(name, setting.Key), setting.Value)),
    ];

    public static string Key(string deployment, string setting) => $"Models:Chat:{Model}:Deployments:{deployment}:{setting}";

    public static ModelCaller Caller(string tenant = "acme", string? region = null, ModelPriority priority = ModelPriority.Interactive) =>
        new(tenant, "tests") { Region = region, Priority = priority };

    public IChatClient Client(ModelCaller? caller = null) => Models.Model!.ClientFor(caller ?? Caller());

    public Task<ChatResponse> AskAsync(CancellationToken cancellationToken, ModelCaller? caller = null) =>
        Client(caller).GetResponseAsync(Prompt, cancellationToken: cancellationToken);

    /// <summary>Streams an answer into <paramref name="pieces"/>.</summary>
    public async Task ReadAsync(List<string> pieces, CancellationToken cancellationToken, Action? afterTwo = null)
    {
        await foreach (var update in Client().GetStreamingResponseAsync(Prompt, cancellationToken: cancellationToken))
        {
            if (update.Text.Length > 0)
                pieces.Add(update.Text);
            if (pieces.Count == FakeModelProvider.PiecesBeforeTheCut)
                afterTwo?.Invoke();
        }
    }

    /// <summary>Changes settings, as an edited file does.</summary>
    public void Change(params (string Key, string Value)[] settings)
    {
        var configuration = (IConfigurationRoot)Services.GetRequiredService<IConfiguration>();
        foreach (var (key, value) in settings)
            configuration[key] = value;
        configuration.Reload();
    }

    public void Dispose() => host.Dispose();
}
