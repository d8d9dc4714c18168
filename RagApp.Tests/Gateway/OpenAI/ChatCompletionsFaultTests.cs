using System.Net;
using System.Net.Http.Json;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json.Nodes;
using RagApp.Benchmarks.Services;
using RagApp.Contracts;
using RagApp.Contracts.Usage;
using RagApp.Tests.TestServices;
using RagApp.Tests.TestServices.FakeProvider;

namespace RagApp.Tests.Gateway.OpenAI;

/// <summary>Chat completions while something is not as it should be: no ledger, a client that leaves, a region without a deployment.</summary>
public sealed class ChatCompletionsFaultTests : IAsyncLifetime
{
    private const string Key = "key-of-a-european";

    private readonly TemporaryFolder _folder = new();
    private FakeModelProvider _provider = null!;

    public async ValueTask InitializeAsync() => _provider = await FakeModelProvider.StartAsync(Cancellation);

    public async ValueTask DisposeAsync()
    {
        await _provider.DisposeAsync();
        _folder.Dispose();
    }

    [Fact]
    public async Task Complete_LedgerIsAway_IsRefusedUntilItIsBack()
    {
        var redis = new EmbeddedRedis();
        await using var gateway = await StartAsync([.. Budget(redis), .. Deployment("only", region: null)]);
        using var client = gateway.Client();
        (await PostAsync(client, stream: false)).StatusCode.ShouldBe(HttpStatusCode.OK);
        await Eventually.HoldsAsync(async () => (await BudgetAsync(client)).Spent > 0);

        redis.Dispose();
        using var refused = await PostAsync(client, stream: true);

        refused.StatusCode.ShouldBe(HttpStatusCode.ServiceUnavailable);
        refused.Headers.RetryAfter.ShouldNotBeNull();
        var error = (await refused.Content.ReadFromJsonAsync<JsonObject>(Cancellation))!["error"]!;
        error["type"]!.GetValue<string>().ShouldBe("server_error");
        error["message"]!.GetValue<string>().ShouldContain("ledger of the budgets");
        _provider.Requests.Count.ShouldBe(1);
    }

    [Theory]
    [InlineData("openai")]
    [InlineData("anthropic")]
    public async Task Complete_ClientLeavesDuringAStream_EndsTheCallAndSettlesIt(string provider)
    {
        _provider.Behaviour = ProviderBehaviour.Stalls;
        using var redis = new EmbeddedRedis();
        await using var gateway = await StartAsync([.. Budget(redis), .. Deployment("only", region: null, provider)]);
        using (var client = gateway.Client())
        {
            using var response = await PostAsync(client, stream: true);
            using var reader = new StreamReader(await response.Content.ReadAsStreamAsync(Cancellation));
            (await reader.ReadLineAsync(Cancellation)).ShouldNotBeNull().ShouldStartWith("data: ");
        }

        await _provider.Left.WaitAsync(TimeSpan.FromMinutes(1), TimeProvider.System, Cancellation);

        using var other = gateway.Client();
        await Eventually.HoldsAsync(async () => (await BudgetAsync(other)) is { Reserved: 0, Spent: > 0 and < 60 });
        await gateway.StopAsync(Cancellation); // its records are written into the folder that is deleted now
    }

    [Theory]
    [InlineData(null, true)]
    [InlineData("eu", true)]
    [InlineData("us", false)]
    public async Task Complete_TenantBoundToARegion_ReachesOnlyADeploymentThere(string? second, bool isReached)
    {
        await using var american = await FakeModelProvider.StartAsync(Cancellation);
        await using var gateway = await StartAsync(
        [
            $"--ApiKeys:0:Hash={Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(Key)))}",
            "--ApiKeys:0:Tenant=acme", "--ApiKeys:0:Subject=alice", "--ApiKeys:0:Region=eu",
            .. Deployment("american", "us", endpoint: american.Endpoint), .. Deployment("other", second ?? "eu", second is null ? "anthropic" : "openai"),
        ]);
        using var client = gateway.Client(Key);

        foreach (var stream in (bool[])[false, true, false, true])
        {
            using var response = await PostAsync(client, stream);
            var text = await response.Content.ReadAsStringAsync(Cancellation);
            response.StatusCode.ShouldBe(isReached ? HttpStatusCode.OK : HttpStatusCode.UnavailableForLegalReasons, text);
            if (!isReached)
                JsonNode.Parse(text)!["error"]!["message"]!.GetValue<string>().ShouldContain("has no deployment in the region eu");
        }

        american.Requests.ShouldBeEmpty();
        _provider.Requests.Count.ShouldBe(isReached ? 4 : 0);
    }

    [Fact]
    public async Task Complete_ToolsAndJsonMode_PassThroughBothWays()
    {
        const string Fields = """ "tools":[{"type":"function","function":{"name":"capital","strict":true,"parameters":{"type":"object"}}}],"tool_choice":"auto","response_format":{"type":"json_object"}""";
        _provider.CallsTools = true;
        await using var gateway = await StartAsync(Deployment("only", region: null));
        using var client = gateway.Client();

        using var response = await PostAsync(client, stream: false, Fields);

        var choice = (await response.Content.ReadFromJsonAsync<JsonObject>(Cancellation))!["choices"]![0]!;
        choice["finish_reason"]!.GetValue<string>().ShouldBe("tool_calls");
        JsonNode.DeepEquals(choice["message"]!["tool_calls"]![0], FakeToolCall.Of("capital")).ShouldBeTrue();
        var sent = _provider.Requests.ShouldHaveSingleItem();
        foreach (var field in JsonNode.Parse($"{{{Fields}}}")!.AsObject())
            JsonNode.DeepEquals(sent[field.Key], field.Value).ShouldBeTrue(field.Key);
    }

    private string[] Budget(EmbeddedRedis redis) =>
    [
        $"--ConnectionStrings:redis={redis.ConnectionString},syncTimeout=1000,asyncTimeout=1000", $"--Storage:DataPath={_folder.Path}",
        "--Budgets:Limits:0:Key=*", "--Budgets:Limits:0:Tokens=1000",
    ];

    private string[] Deployment(string name, string? region, string provider = "openai", Uri? endpoint = null) =>
    [
        $"--Models:Chat:main:Deployments:{name}:Provider={provider}", $"--Models:Chat:main:Deployments:{name}:ApiKey=sk-{name}",
        $"--Models:Chat:main:Deployments:{name}:Endpoint={endpoint ?? (provider == "openai" ? _provider.Endpoint : _provider.Root)}",
        .. region is null ? Array.Empty<string>() : [$"--Models:Chat:main:Deployments:{name}:Region={region}"],
    ];

    private static Task<GatewayUnderTest> StartAsync(string[] settings) => GatewayUnderTest.StartAsync(Cancellation, settings: settings);

    private static async Task<BudgetInfo> BudgetAsync(HttpClient client) =>
        (await client.GetFromJsonAsync("v1/usage", ContractsJson.Default.UsageReport, Cancellation))!.Budgets.ShouldHaveSingleItem();

    private static async Task<HttpResponseMessage> PostAsync(HttpClient client, bool stream, string? fields = null)
    {
        var body = JsonNode.Parse($"{{{fields}}}")!.AsObject();
        body["model"] = "main";
        body["max_tokens"] = 60;
        body["stream"] = stream;
        body["messages"] = new JsonArray(new JsonObject { ["role"] = "user", ["content"] = "Hi" });
        using var request = new HttpRequestMessage(HttpMethod.Post, "v1/chat/completions") { Content = JsonContent.Create(body) };
        return await client.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, Cancellation);
    }
}
