using System.Net.Http.Json;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using RagApp.Contracts;
using RagApp.Gateway.LocalModels;
using RagApp.Models.Chat;
using RagApp.Tests.Models;
using RagApp.Tests.TestServices.FakeProvider;

namespace RagApp.Tests.Gateway;

/// <summary>Models that programs on this machine serve: finding them, and connecting one with a single setting.</summary>
public sealed class LocalModelsTests : IAsyncLifetime
{
    private const string OllamaAnswer = """{"object":"list","data":[{"id":"nomic-embed-text:latest","object":"model"},{"id":"llama3.2:3b","object":"model","owned_by":"library"}]}""";

    private readonly LocalModelSearch _search = new();
    private readonly List<WebApplication> _programs = [];

    public ValueTask InitializeAsync() => ValueTask.CompletedTask;

    public async ValueTask DisposeAsync()
    {
        _search.Dispose();
        foreach (var program in _programs)
            await program.DisposeAsync();
    }

    [Fact]
    public async Task Search_OllamaRuns_FindsItsChatModelAndTheSetting()
    {
        await _search.RunAsync([await StartAsync("ollama", "Ollama", context => context.Response.WriteAsync(OllamaAnswer))], Cancellation);

        var found = _search.Found.ShouldHaveSingleItem();
        found.Server.ShouldBe("Ollama");
        found.Models.ShouldBe(["llama3.2:3b"]);
        found.Setting.ShouldBe("Chat:Local=ollama/llama3.2:3b");
    }

    [Fact]
    public async Task Search_ProgramsThatAreNoModelServers_FindsTheOneThatIs()
    {
        await _search.RunAsync(
        [
            await StartAsync("vllm", "vLLM", context => context.Response.WriteAsync("<html>a development server</html>")),
            await StartAsync("lmstudio", "LM Studio", context => context.Response.WriteAsync("""{"data":[1,{"id":2},{"id":"line\nbreak"}]}""")),
            await StartAsync("llamacpp", "llama.cpp", context => Task.FromResult(context.Response.StatusCode = 401)),
            await StartAsync("other", "Silent", context => Task.Delay(Timeout.InfiniteTimeSpan, TimeProvider.System, context.RequestAborted)),
            await StartAsync("ollama", "Ollama", context => context.Response.WriteAsync(OllamaAnswer)),
            new LocalModelServer("none", "Nothing", Port: 1),
        ], Cancellation);

        _search.Found.ShouldHaveSingleItem().Server.ShouldBe("Ollama");
    }

    [Fact]
    public async Task Search_ProgramIsGone_FindsNothingAnyMore()
    {
        var ollama = await StartAsync("ollama", "Ollama", context => context.Response.WriteAsync(OllamaAnswer));
        await _search.RunAsync([ollama], Cancellation);
        await _programs[0].StopAsync(Cancellation);

        await _search.RunAsync([ollama], Cancellation);

        _search.Found.ShouldBeEmpty();
    }

    [Fact]
    public void KnownServers_AreAllOnLoopback() =>
        LocalModelServer.Known.ShouldAllBe(server => server.Endpoint.IsLoopback);

    [Theory]
    [InlineData("Production", null, false)]
    [InlineData("Production", "true", true)]
    [InlineData("Development", null, true)]
    [InlineData("Development", "false", false)]
    public async Task Watch_ByEnvironmentAndSetting_LooksOrDoesNot(string environment, string? discover, bool expected)
    {
        await using var gateway = await GatewayUnderTest.StartAsync(
            Cancellation, environment: environment, settings: discover is null ? [] : [$"--Chat:Discover={discover}"]);

        var watch = gateway.Services.GetServices<IHostedService>().OfType<LocalModelWatch>().Single();

        (!watch.ExecuteTask!.IsCompleted).ShouldBe(expected);
    }

    [Fact]
    public async Task Models_NoneConfigured_SaysThatAnswersAreQuotes()
    {
        await using var gateway = await GatewayUnderTest.StartAsync(Cancellation, settings: "--Chat:Discover=false");
        using var client = gateway.Client();

        var list = await client.GetFromJsonAsync("v1/models", ContractsJson.Default.ModelList, Cancellation);

        list!.Quotes.ShouldBeTrue();
        list.Models.ShouldBeEmpty();
        list.Found.ShouldBeEmpty();
    }

    [Fact]
    public async Task Models_TwoConfigured_ListsTheDefaultOneFirstAndDoesNotLookForOthers()
    {
        await using var gateway = await GatewayUnderTest.StartAsync(
            Cancellation, settings: ["--Chat:Local=ollama/llama3.2:3b", "--Chat:Others:0:Model=qwen3", "--Chat:Others:0:MaxContextTokens=4096"]);
        using var client = gateway.Client();

        var list = await client.GetFromJsonAsync("v1/models", ContractsJson.Default.ModelList, Cancellation);

        list!.Quotes.ShouldBeFalse();
        list.Models.ShouldBe(["llama3.2:3b", "qwen3"]);
        gateway.Services.GetServices<IHostedService>().OfType<LocalModelWatch>().Single().ExecuteTask!.IsCompleted.ShouldBeTrue();
    }

    [Fact]
    public async Task Local_AsTheOnlySetting_ConnectsTheModelWithLimitsThatFit()
    {
        await using var provider = await FakeModelProvider.StartAsync(Cancellation);

        var model = ChatHost.Create(("Chat:Local", "vllm/Qwen/Qwen3-4B"), ("Chat:Endpoint", provider.Endpoint.ToString())).Model!;
        await model.ClientFor(ChatHost.Caller).GetResponseAsync([new(Microsoft.Extensions.AI.ChatRole.User, "Hello")], cancellationToken: Cancellation);

        model.Id.ShouldBe("Qwen/Qwen3-4B");
        model.MaxContextTokens.ShouldBe(4096);
        model.MaxOutputTokens.ShouldBe(1024);
        provider.Requests.ShouldHaveSingleItem()["model"]!.GetValue<string>().ShouldBe("Qwen/Qwen3-4B");
    }

    [Fact]
    public void Local_WithALongerContext_KeepsTheSettingBesideIt() =>
        ChatHost.Create(("Chat:Local", "ollama/llama3.2"), ("Chat:MaxContextTokens", "16384")).Model!.MaxContextTokens.ShouldBe(16384);

    [Theory]
    [InlineData("llama3.2")]
    [InlineData("hal/9000")]
    [InlineData("ollama/")]
    public void Local_NotAProgramAndAModel_SaysWhatItIs(string value) =>
        Should.Throw<Microsoft.Extensions.Options.OptionsValidationException>(() => ChatHost.Create(("Chat:Local", value)))
            .Message.ShouldContain("Chat:Local is PROGRAM/MODEL");

    /// <summary>Starts a real server that answers <c>/v1/models</c>, as a program of this name.</summary>
    private async Task<LocalModelServer> StartAsync(string id, string name, Func<HttpContext, Task> answer)
    {
        var builder = WebApplication.CreateSlimBuilder(["--urls=http://127.0.0.1:0"]);
        builder.Logging.ClearProviders();
        var program = builder.Build();
        program.MapGet("/v1/models", answer);
        await program.StartAsync(Cancellation);
        _programs.Add(program);
        return new LocalModelServer(id, name, new Uri(program.Urls.Single()).Port);
    }
}
