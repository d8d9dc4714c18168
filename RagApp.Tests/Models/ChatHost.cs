using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using RagApp.Models;
using RagApp.Models.Chat;
using RagApp.Tests.TestServices.FakeProvider;

namespace RagApp.Tests.Models;

/// <summary>The chat model as a host registers it.</summary>
internal static class ChatHost
{
    /// <summary>A caller whose text may be processed anywhere.</summary>
    public static ModelCaller Caller { get; } = new("acme", "tests");

    public static ChatModel For(FakeModelProvider provider, string timeout = "00:01:00") => Create(SettingsFor(provider, timeout)).Model!;

    public static ConfiguredChatModel Create(params (string Key, string Value)[] settings) =>
        Build(_ => { }, settings).Services.GetRequiredService<ConfiguredChatModel>();

    public static IHost Build(Action<HostApplicationBuilder> configure, params (string Key, string Value)[] settings)
    {
        var builder = new HostApplicationBuilder(new HostApplicationBuilderSettings { DisableDefaults = true });
        builder.Configuration.AddInMemoryCollection(settings.ToDictionary(setting => setting.Key, string? (setting) => setting.Value));
        builder.AddChatModel();
        configure(builder);
        return builder.Build();
    }

    public static (string Key, string Value)[] SettingsFor(FakeModelProvider provider, string timeout = "00:01:00") =>
    [
        ("Chat:Endpoint", provider.Endpoint.ToString()),
        ("Chat:ApiKey", FakeModelProvider.Key),
        ("Chat:Model", FakeModelProvider.ChatModel),
        ("Chat:Timeout", timeout),
        ("Models:Pool:InteractiveWait", "00:00:05"), // shorter than the stand-in's Retry-After
    ];
}
