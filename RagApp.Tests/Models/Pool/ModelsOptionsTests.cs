using Microsoft.Extensions.Options;
using RagApp.Models.Budgets;
using RagApp.Models.Errors;
using RagApp.Tests.TestServices;
using RagApp.Tests.TestServices.FakeProvider;

namespace RagApp.Tests.Models.Pool;

/// <summary>The settings of the pool: what is refused at the start and what changes while the program runs.</summary>
public sealed class ModelsOptionsTests
{
    [Theory]
    [InlineData("Provider", "other", "Models:Chat:main:Deployments:only:Provider is openai, azure, anthropic or ollama.")]
    [InlineData("Endpoint", "ftp://example.org", "Models:Chat:main:Deployments:only:Endpoint is an address")]
    [InlineData("ApiKey", "", "Models:Chat:main:Deployments:only:ApiKey is missing")]
    [InlineData("Keys:0", "sk-2", "Models:Chat:main:Deployments:only:ApiKey and Models:Chat:main:Deployments:only:Keys exclude each other")]
    [InlineData("RequestsPerMinute", "0", "Models:Chat:main:Deployments:only:RequestsPerMinute lies between")]
    [InlineData("TokensPerMinute", "1", "Models:Chat:main:Deployments:only:TokensPerMinute lies between")]
    [InlineData("Weight", "0", "Models:Chat:main:Deployments:only:Weight lies between")]
    [InlineData("Tier", "-1", "Models:Chat:main:Deployments:only:Tier lies between")]
    [InlineData("Timeout", "00:00:00", "Models:Chat:main:Deployments:only:Timeout lies between")]
    public void Start_WrongDeployment_NamesTheKey(string key, string value, string message) =>
        Refusal([.. Good, (PoolHost.Key("only", key), value)]).ShouldContain(message);

    [Theory]
    [InlineData("MaxContextTokens", "1", "Models:Chat:main:MaxContextTokens lies between")]
    [InlineData("MaxOutputTokens", "128000", "Models:Chat:main:MaxOutputTokens is less than")]
    [InlineData("Tokenizer", "p50k", "Models:Chat:main:Tokenizer is")]
    [InlineData("InputPrice", "1.25", "Models:Chat:main:InputPrice and Models:Chat:main:OutputPrice belong together")]
    public void Start_WrongModel_NamesTheKey(string key, string value, string message) =>
        Refusal([.. Good, ($"Models:Chat:main:{key}", value)]).ShouldContain(message);

    [Fact]
    public void Start_ModelWithoutDeployment_NamesTheKey() =>
        Refusal(("Models:Chat:main:MaxOutputTokens", "100")).ShouldContain("Models:Chat:main:Deployments is empty");

    [Fact]
    public void Start_AzureWithoutEndpoint_NamesTheKey() =>
        Refusal((PoolHost.Key("only", "Provider"), "azure"), (PoolHost.Key("only", "ApiKey"), "sk-x")).ShouldContain("Models:Chat:main:Deployments:only:Endpoint is missing");

    [Fact]
    public void Start_SeveralModelsWithoutADefault_NamesTheKey() =>
        Refusal([.. Good, ("Models:Chat:other:Deployments:x:Provider", "ollama")]).ShouldContain("Models:DefaultChat is missing");

    [Fact]
    public void Start_UnknownDefault_NamesTheKey() =>
        Refusal([.. Good, ("Models:DefaultChat", "another")]).ShouldContain("Models:DefaultChat names no chat model");

    [Fact]
    public void Start_PoolOutOfRange_NamesTheKey() =>
        Should.Throw<OptionsValidationException>(() => PoolHost.Start([.. Good, ("Models:Pool:MaxAttempts", "0")]).Pool.Services.Options)
            .Message.ShouldContain("Models:Pool:MaxAttempts lies between 1 and 10.");

    [Fact]
    public void Start_WrongKeys_AreNotInTheMessage() =>
        Refusal((PoolHost.Key("only", "Provider"), "openai"), (PoolHost.Key("only", "Keys:0"), "sk-twice"), (PoolHost.Key("only", "Keys:1"), "sk-twice"))
            .ShouldNotContain("sk-twice");

    [Fact]
    public void Models_OldAndNewSections_AreAllThereTheDefaultFirst()
    {
        using var host = PoolHost.Start([.. Good, ("Chat:Endpoint", "http://127.0.0.1:1/v1"), ("Chat:Model", "old"), ("Chat:Others:0:Model", "older")]);
        host.Models.All.Select(model => model.Id).ShouldBe(["old", "older", "main"]);

        using var other = PoolHost.Start([.. Good, ("Chat:Endpoint", "http://127.0.0.1:1/v1"), ("Chat:Model", "old"), ("Models:DefaultChat", "main")]);
        other.Models.All.Select(model => model.Id).ShouldBe(["main", "old"]);
    }

    [Fact]
    public void Models_Configured_HaveTheirLimitsAndPrice()
    {
        using var host = PoolHost.Start(
        [
            .. Good, ("Models:Chat:main:MaxContextTokens", "200000"), ("Models:Chat:main:MaxOutputTokens", "4096"), ("Models:Chat:main:Tokenizer", "o200k_base"),
            ("Models:Chat:main:InputPrice", "1.25"), ("Models:Chat:main:OutputPrice", "10"),
        ]);

        var model = host.Models.Model.ShouldNotBeNull();
        (model.MaxContextTokens, model.MaxOutputTokens, model.Tokenizer).ShouldBe((200_000, 4096, "o200k_base"));
        model.Price.ShouldBe(ModelPrice.PerMillion(1.25m, 10m));
    }

    [Fact]
    public async Task Change_KeyAndEndpoint_AreUsedAndRunningCallsGoOn()
    {
        await using var before = await FakeModelProvider.StartAsync(Cancellation);
        await using var after = await FakeModelProvider.StartAsync(Cancellation);
        before.Hold = new TaskCompletionSource();
        using var host = PoolHost.Start(PoolHost.Deployment("only", before));
        var running = host.AskAsync(Cancellation);
        await Eventually.HoldsAsync(() => before.Requests.Count == 1);

        host.Change((PoolHost.Key("only", "Endpoint"), after.Endpoint.ToString()), (PoolHost.Key("only", "ApiKey"), "sk-changed"), ("Models:Chat:main:MaxOutputTokens", "99"));
        await host.AskAsync(Cancellation);
        before.Hold.SetResult();

        (await running).Text.ShouldBe(FakeModelProvider.Answer);
        after.Keys.ShouldBe(["sk-changed"]);
        host.Models.Model!.MaxOutputTokens.ShouldBe(99);
    }

    [Fact]
    public async Task Change_OnlyALimit_KeepsTheStateOfTheBreakers()
    {
        await using var provider = await FakeModelProvider.StartAsync(Cancellation);
        provider.Behaviour = ProviderBehaviour.Overloaded;
        using var host = PoolHost.Start(PoolHost.Deployment("only", provider));
        await Should.ThrowAsync<ModelException>(() => host.AskAsync(Cancellation));

        host.Change((PoolHost.Key("only", "RequestsPerMinute"), "100"));
        await Should.ThrowAsync<ModelException>(() => host.AskAsync(Cancellation));

        provider.Requests.Count.ShouldBe(1);
    }

    [Fact]
    public async Task Change_Wrong_IsNotUsed()
    {
        await using var provider = await FakeModelProvider.StartAsync(Cancellation);
        using var host = PoolHost.Start(PoolHost.Deployment("only", provider));
        _ = host.Models.Model;

        try
        {
            host.Change((PoolHost.Key("only", "Weight"), "0"));
        }
        catch (AggregateException)
        {
            // The options that are validated at the start throw in the reload, where a watcher of files drops it.
        }

        (await host.AskAsync(Cancellation)).Text.ShouldBe(FakeModelProvider.Answer);
    }

    private static (string Key, string Value)[] Good => [(PoolHost.Key("only", "Provider"), "openai"), (PoolHost.Key("only", "ApiKey"), "sk-x")];

    private static string Refusal(params (string Key, string Value)[] settings) =>
        Should.Throw<OptionsValidationException>(() => PoolHost.Start(settings).Models.Model).Message;
}
