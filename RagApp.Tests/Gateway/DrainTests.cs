using System.Net;
using System.Net.Http.Json;
using System.Net.ServerSentEvents;
using System.Text.Json;
using System.Text.Json.Nodes;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Options;
using RagApp.Benchmarks.Services;
using RagApp.Contracts;
using RagApp.Gateway.Draining;
using RagApp.Tests.TestServices;
using RagApp.Tests.TestServices.FakeProvider;

namespace RagApp.Tests.Gateway;

/// <summary>The gateway is asked to stop while it streams answers of a model.</summary>
public sealed class DrainTests : IAsyncLifetime
{
    private const string Long = "--Drain:Time=00:10:00";
    private const string None = "--Drain:Time=00:00:00";

    private readonly EmbeddedRedis _redis = new();
    private readonly TemporaryFolder _folder = new();
    private FakeModelProvider _provider = null!;
    private StubService _search = null!;

    public async ValueTask InitializeAsync()
    {
        _provider = await FakeModelProvider.StartAsync(Cancellation);
        _search = await AnswerFixture.SearchAsync(Cancellation, AnswerFixture.Passage("paris", "The capital is Paris."));
    }

    public async ValueTask DisposeAsync()
    {
        await _search.DisposeAsync();
        await _provider.DisposeAsync();
        _redis.Dispose();
        _folder.Dispose();
    }

    [Fact]
    public async Task Stop_AnswerInWork_IsFinishedAndNewRequestsAreRefused()
    {
        _provider.Hold = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        await using var gateway = await StartAsync(Long);
        using var client = gateway.Client();
        var asking = client.SendAsync(AnswerFixture.Ask("Which is the capital?", stream: true), HttpCompletionOption.ResponseHeadersRead, Cancellation);
        await Eventually.HoldsAsync(() => _provider.Requests.Count == 1);

        var stopping = gateway.StopAsync(Cancellation);

        using (var ready = await client.GetAsync("ready", Cancellation))
            ready.StatusCode.ShouldBe(HttpStatusCode.ServiceUnavailable);
        using (var alive = await client.GetAsync("health", Cancellation))
            alive.StatusCode.ShouldBe(HttpStatusCode.OK);
        using (var refused = await client.GetAsync("v1/documents", Cancellation))
        {
            var problem = await refused.ShouldBeProblemAsync(HttpStatusCode.ServiceUnavailable, Cancellation);
            problem.Detail.ShouldBe("The gateway is being restarted. Send the request again.");
            refused.Headers.RetryAfter.ShouldNotBeNull();
            refused.Headers.ConnectionClose.ShouldBe(true);
        }
        stopping.IsCompleted.ShouldBeFalse();
        _provider.Hold.SetResult();
        using var response = await asking;
        (await AnswerFixture.ReadEventsAsync(response, Cancellation))[^1].EventType.ShouldBe("done");
        await stopping;
    }

    [Fact]
    public async Task Stop_TimeToFinishIsOver_StreamEndsWithAnErrorAndIsSettled()
    {
        _provider.Behaviour = ProviderBehaviour.Stalls;
        await using (var gateway = await StartAsync(None))
        {
            using var client = gateway.Client();
            using var response = await client.SendAsync(
                AnswerFixture.Ask("Which is the capital?", stream: true), HttpCompletionOption.ResponseHeadersRead, Cancellation);
            await using var body = await response.Content.ReadAsStreamAsync(Cancellation);
            await using var events = SseParser.Create(body).EnumerateAsync(Cancellation).GetAsyncEnumerator(Cancellation);
            (await events.MoveNextAsync()).ShouldBeTrue();

            var stopping = gateway.StopAsync(Cancellation);

            var last = events.Current;
            while (await events.MoveNextAsync())
                last = events.Current;
            last.EventType.ShouldBe("error");
            var problem = JsonSerializer.Deserialize(last.Data, ContractsJson.Default.Problem)!;
            (problem.Status, problem.Detail).ShouldBe((503, "The gateway is being restarted. The answer could not be finished: ask again."));
            await stopping;
        }
        await IsSettledAsync();
    }

    [Fact]
    public async Task Stop_TimeToFinishIsOver_CompletionEndsWithAnErrorInItsFormatAndIsSettled()
    {
        _provider.Behaviour = ProviderBehaviour.Stalls;
        await using (var gateway = await StartAsync(None))
        {
            using var client = gateway.Client();
            using var response = await CompleteAsync(client, stream: true);
            using var reader = new StreamReader(await response.Content.ReadAsStreamAsync(Cancellation));
            (await reader.ReadLineAsync(Cancellation)).ShouldNotBeNull().ShouldStartWith("data: ");

            var stopping = gateway.StopAsync(Cancellation);

            var rest = await reader.ReadToEndAsync(Cancellation);
            var last = JsonNode.Parse(rest.Split("\n\n", StringSplitOptions.RemoveEmptyEntries)[^1].Trim()["data: ".Length..])!;
            last["error"]!["type"]!.GetValue<string>().ShouldBe("server_error");
            last["error"]!["message"]!.GetValue<string>().ShouldStartWith("The gateway is being restarted.");
            await stopping;
        }
        await IsSettledAsync();
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Stop_NothingIsSentYet_IsAProblemWithItsOwnStatus(bool completion)
    {
        _provider.Behaviour = ProviderBehaviour.Silent;
        await using var gateway = await StartAsync(None);
        using var client = gateway.Client();
        var asking = completion ? CompleteAsync(client, stream: false) : client.SendAsync(AnswerFixture.Ask("Which is the capital?", stream: false), Cancellation);
        await Eventually.HoldsAsync(() => _provider.Requests.Count == 1);

        await gateway.StopAsync(Cancellation);

        using var response = await asking;
        response.StatusCode.ShouldBe(HttpStatusCode.ServiceUnavailable);
        response.Headers.RetryAfter.ShouldNotBeNull();
        (await response.Content.ReadAsStringAsync(Cancellation)).ShouldContain("could not be finished");
    }

    [Fact]
    public async Task Host_WaitsLongerThanTheDrain()
    {
        await using var gateway = await StartAsync(None, "--Drain:Time=00:01:30");

        gateway.Services.GetRequiredService<IOptions<HostOptions>>().Value.ShutdownTimeout.ShouldBe(TimeSpan.FromSeconds(90) + DrainExtensions.AfterDrain);
    }

    /// <summary>A gateway that starts again knows what the ended call has cost, and nothing is reserved any more.</summary>
    private async Task IsSettledAsync()
    {
        await using var gateway = await StartAsync(None);
        using var client = gateway.Client();
        await Eventually.HoldsAsync(async () =>
            (await client.GetFromJsonAsync("v1/usage", ContractsJson.Default.UsageReport, Cancellation))!.Budgets.ShouldHaveSingleItem() is { Reserved: 0, Spent: > 0 and < 1_000 });
    }

    private Task<GatewayUnderTest> StartAsync(params string[] settings) => GatewayUnderTest.StartAsync(Cancellation, search: _search, settings:
    [
        $"--ConnectionStrings:redis={_redis.ConnectionString}", $"--Storage:DataPath={_folder.Path}", "--Budgets:Limits:0:Key=*", "--Budgets:Limits:0:Tokens=100000",
        "--Models:Chat:main:Deployments:only:Provider=openai", "--Models:Chat:main:Deployments:only:ApiKey=sk-only", $"--Models:Chat:main:Deployments:only:Endpoint={_provider.Endpoint}",
        .. settings,
    ]);

    private static async Task<HttpResponseMessage> CompleteAsync(HttpClient client, bool stream)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, "v1/chat/completions")
        {
            Content = JsonContent.Create(new { model = "main", max_tokens = 60, stream, messages = new[] { new { role = "user", content = "Hi" } } }),
        };
        return await client.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, Cancellation);
    }
}
