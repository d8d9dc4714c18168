using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using RagApp.Models.Chat;
using RagApp.Models.Errors;
using RagApp.Tests.TestServices.FakeProvider;

namespace RagApp.Tests.Models.Pool;

/// <summary>Requests passed through as they are.</summary>
public sealed class RawChatTests : TwoProviders
{
    [Theory]
    [InlineData("openai", "/v1")]
    [InlineData("azure", "/")]
    [InlineData("ollama", "/")]
    public async Task Call_UnknownFields_ReachTheProviderWithItsModel(string provider, string path)
    {
        using var host = PoolHost.Start(
        [
            (PoolHost.Key("only", "Provider"), provider), (PoolHost.Key("only", "Endpoint"), new Uri(First.Root, path).ToString()),
            (PoolHost.Key("only", "ApiKey"), "sk-only"), (PoolHost.Key("only", "Model"), "at-the-provider"),
        ]);

        await using var answer = await CallAsync(host, """{"messages":[],"model":"main","new_field":{"x":[1,2.50,"y"]},"seed":12345678901234567890}""");

        JsonNode.Parse((await answer.Pieces.SingleAsync(Cancellation)).Span)!["choices"]![0]!["message"]!["content"]!.GetValue<string>().ShouldBe(FakeModelProvider.Answer);
        var sent = First.Requests.ShouldHaveSingleItem();
        sent["model"]!.GetValue<string>().ShouldBe("at-the-provider");
        sent["new_field"]!.ToJsonString().ShouldBe("""{"x":[1,2.50,"y"]}""");
        sent["seed"]!.ToJsonString().ShouldBe("12345678901234567890");
        First.Keys.ShouldBe(["sk-only"]);
    }

    [Fact]
    public async Task Call_Streamed_PassesTheEventsOnAsTheyCome()
    {
        First.Behaviour = ProviderBehaviour.SlowDrip;
        using var host = Start();

        await using var answer = await CallAsync(host, """{"messages":[],"stream":true}""");
        var chunks = await answer.Pieces.Select(chunk => JsonNode.Parse(chunk.Span)!).ToListAsync(Cancellation);
        answer.Lease.Succeeded(16);

        string.Concat(chunks.Select(chunk => chunk["choices"]![0]!["delta"]!["content"]?.GetValue<string>())).ShouldBe(FakeModelProvider.Answer);
    }

    [Fact]
    public async Task Call_FirstDeploymentFails_SecondAnswers()
    {
        First.Behaviour = ProviderBehaviour.Failing;
        using var host = Start();

        await using var answer = await CallAsync(host, """{"messages":[]}""");

        answer.Lease.Deployment.Name.ShouldBe("second");
    }

    [Theory]
    [InlineData(nameof(ProviderBehaviour.CutOff), ModelError.Unavailable)]
    [InlineData(nameof(ProviderBehaviour.Stalls), ModelError.TimedOut)]
    public async Task Read_StreamBreaks_ThrowsTheError(string behaviour, ModelError error)
    {
        First.Behaviour = Enum.Parse<ProviderBehaviour>(behaviour);
        using var host = Start();
        await using var answer = await CallAsync(host, """{"messages":[],"stream":true}""");

        First.MayCut();
        var failure = await Should.ThrowAsync<ModelException>(async () => await answer.Pieces.CountAsync(Cancellation));

        failure.Error.ShouldBe(error);
        Second.Requests.ShouldBeEmpty();
    }

    [Theory]
    [InlineData("""{"messages":[{"role":"user","content":"Hi"}]}""", "first")]
    [InlineData("""{"messages":[{"role":"user","content":"Hi"}],"logit_bias":{"50256":-100}}""", "second")]
    public async Task Call_AnthropicAmongTheDeployments_GetsWhatCanBeTranslated(string body, string deployment)
    {
        using var host = PoolHost.Start(
        [
            .. PoolHost.Deployment("first", First, ("Provider", "anthropic"), ("Endpoint", First.Root.ToString())),
            .. PoolHost.Deployment("second", Second, ("Tier", "1")),
        ]);

        await using var answer = await CallAsync(host, body);

        answer.Lease.Deployment.Name.ShouldBe(deployment);
        JsonNode.Parse((await answer.Pieces.SingleAsync(Cancellation)).Span)!["choices"]![0]!["message"]!["content"]!.GetValue<string>().ShouldBe(FakeModelProvider.Answer);
    }

    [Fact]
    public async Task Call_AnthropicIsOverloaded_AnotherDeploymentAnswers()
    {
        First.Behaviour = ProviderBehaviour.Overloaded;
        using var host = PoolHost.Start(
        [
            .. PoolHost.Deployment("first", First, ("Provider", "anthropic"), ("Endpoint", First.Root.ToString())),
            .. PoolHost.Deployment("second", Second, ("Tier", "1")),
        ]);

        await using var answer = await CallAsync(host, """{"messages":[{"role":"user","content":"Hi"}],"stream":true}""");

        answer.Lease.Deployment.Name.ShouldBe("second");
        First.Requests.ShouldHaveSingleItem();
    }

    [Theory]
    [InlineData("[]")]
    [InlineData("{")]
    public async Task Call_NoJsonObject_IsAJsonException(string body)
    {
        using var host = Start();

        await Should.ThrowAsync<JsonException>(() => CallAsync(host, body));

        First.Requests.ShouldBeEmpty();
    }

    private PoolHost Start() => PoolHost.Start(
    [
        .. PoolHost.Deployment("first", First, ("Timeout", "00:00:02")), .. PoolHost.Deployment("second", Second, ("Tier", "1")),
    ]);

    private static Task<RawAnswer> CallAsync(PoolHost host, string body) =>
        host.Raw.CallAsync(host.Models.Model!, PoolHost.Caller(), tokens: 100, Encoding.UTF8.GetBytes(body), Cancellation);
}
