using System.Diagnostics;
using System.Text.Json.Nodes;
using RagApp.Tests.TestServices;
using RagApp.Tests.TestServices.FakeProvider;

namespace RagApp.Tests.Gateway.OpenAI;

/// <summary>OpenAI's own client for JavaScript, the npm package <c>openai</c>, against the gateway.</summary>
public sealed class NpmClientTests
{
    private static readonly string Folder = Path.Combine(Repository.Root, "eng", "openai-client");

    /// <summary>Reason why the client cannot be run on this machine; null when it can.</summary>
    private static string? Missing => NodeProgram.Missing ?? (Directory.Exists(Path.Combine(Folder, "node_modules", "openai"))
        ? null
        : "The npm package openai is not installed: run 'npm ci --prefix eng/openai-client --ignore-scripts'.");

    [Theory]
    [InlineData("openai")]
    [InlineData("anthropic")]
    public async Task Client_EveryCall_GetsWhatOpenAIsApiAnswers(string provider)
    {
        Assert.SkipUnless(Missing is null, Missing ?? "");
        await using var upstream = await FakeModelProvider.StartAsync(Cancellation);
        upstream.CallsTools = true;
        await using var embedding = await StubService.StartAsync(
            context => StubService.AnswerAsync(context, 200, """{"object":"list","model":"m","data":[{"object":"embedding","index":0,"embedding":"AACAPwAAAAA="}],"usage":{"prompt_tokens":1,"total_tokens":1}}"""),
            Cancellation);
        await using var gateway = await GatewayUnderTest.StartAsync(Cancellation, embedding: embedding, settings:
        [
            $"--Models:Chat:main:Deployments:only:Provider={provider}", "--Models:Chat:main:Deployments:only:ApiKey=sk-test",
            $"--Models:Chat:main:Deployments:only:Endpoint={(provider == "openai" ? upstream.Endpoint : upstream.Root)}",
        ]);

        var got = await RunAsync(gateway.Address);

        got["whole"]!.ToJsonString().ShouldBe($$"""{"text":"{{FakeModelProvider.Answer}}","tokens":16}""");
        got["streamed"]!["text"]!.GetValue<string>().ShouldBe(FakeModelProvider.Answer);
        got["streamed"]!["finish"]!.GetValue<string>().ShouldBe("stop");
        got["toolCall"]!["text"]!.GetValue<string>().ShouldBe(FakeModelProvider.Answer);
        got["toolCall"]!["asked"]!.ToJsonString().ShouldBe(FakeModelProvider.ToolArguments);
        got["embedding"]!.ToJsonString().ShouldBe("[1,0]");
        got["models"]!.ToJsonString().ShouldBe("""["main"]""");
        got["failure"]!["name"]!.GetValue<string>().ShouldBe("NotFoundError");
        got["failure"]!["code"]!.GetValue<string>().ShouldBe("model_not_found");
    }

    private static async Task<JsonNode> RunAsync(Uri gateway)
    {
        using var client = Process.Start(new ProcessStartInfo(NodeProgram.Path!, [Path.Combine(Folder, "client.mjs"), new Uri(gateway, "v1").ToString(), GatewayUnderTest.Alice, "main", "m"])
        {
            UseShellExecute = false,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        })!;
        var (output, errors) = (client.StandardOutput.ReadToEndAsync(Cancellation), client.StandardError.ReadToEndAsync(Cancellation));
        await client.WaitForExitAsync(Cancellation);
        client.ExitCode.ShouldBe(0, await errors);
        return JsonNode.Parse(await output)!;
    }
}
