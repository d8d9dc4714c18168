using System.Collections.Concurrent;
using System.Net;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using RagApp.Contracts;
using RagApp.Contracts.Search;
using RagApp.ServiceDefaults;
using RagApp.ServiceDefaults.Health;
using RagApp.Tests.Gateway;
using RagApp.Tests.Query;
using RagApp.Tests.TestServices;

namespace RagApp.Tests.ServiceDefaults;

/// <summary>
/// A service becomes ready when it can answer the first question, and stays ready when a service behind it becomes unavailable
/// later.
/// </summary>
public sealed class ReadinessTests
{
    [Fact]
    public async Task Ready_GatewayBeforeTheQueryRouterIs_Waits()
    {
        var ready = false;
        await using var query = await StubService.StartAsync(context =>
        {
            context.Response.StatusCode = ready || context.Request.Path != "/ready" ? StatusCodes.Status200OK : StatusCodes.Status503ServiceUnavailable;
            return context.Request.Path == "/search"
                ? context.Response.WriteAsJsonAsync(new SearchResponse([], new SearchExplanation(SearchMode.Hybrid, "test", 0, 0, 0.5)), ContractsJson.Default.SearchResponse)
                : Task.CompletedTask;
        }, Cancellation);
        var read = new ConcurrentQueue<string>();
        await using var embedding = await AnswerFixture.EmbeddingAsync(Cancellation, texts => texts.ToList().ForEach(read.Enqueue));
        await using var gateway = await GatewayUnderTest.StartAsync(Cancellation, search: query, embedding: embedding);
        using var client = gateway.Client(key: null);

        (await StatusAsync(client)).ShouldBe(HttpStatusCode.ServiceUnavailable);
        read.ShouldBeEmpty();
        ready = true;
        await Eventually.HoldsAsync(async () => await StatusAsync(client) == HttpStatusCode.OK);
        query.Requests.ShouldContain("POST /search");
        read.ShouldContain(text => text.Contains("Everybody is ready at nine."));
        ready = false;
        (await StatusAsync(client)).ShouldBe(HttpStatusCode.OK);
    }

    [Fact]
    public async Task Ready_GatewayWithoutServices_IsInTraffic()
    {
        await using var gateway = await GatewayUnderTest.StartAsync(Cancellation);
        using var client = gateway.Client(key: null);

        (await StatusAsync(client)).ShouldBe(HttpStatusCode.OK);
    }

    [Fact]
    public async Task Ready_QueryRouter_HasAskedModelAndIndexOnce()
    {
        await using var query = await QueryUnderTest.StartAsync([QueryUnderTest.Document("leave.md", "Thirty days of leave.")], Cancellation);
        using var client = new HttpClient { BaseAddress = new Uri(query.Address) };

        await Eventually.HoldsAsync(async () => await StatusAsync(client) == HttpStatusCode.OK);
        (await StatusAsync(client)).ShouldBe(HttpStatusCode.OK);

        query.Embedded.Distinct().ShouldHaveSingleItem();
        (await query.SearchAsync(new SearchRequest("leave"))).Hits.ShouldHaveSingleItem();
    }

    [Fact]
    public async Task Ready_FirstUseHangs_EveryProberIsAnsweredAndAMinuteLaterTheServiceIsInTraffic()
    {
        await using var behind = await StubService.StartAsync(_ => Task.CompletedTask, Cancellation);
        var time = new LaterTime();
        var builder = WebApplication.CreateSlimBuilder(["--urls=http://127.0.0.1:0", $"--services:behind:http:0={behind.Address}"]);
        builder.AddServiceDefaults();
        builder.Services.AddSingleton<TimeProvider>(time);
        builder.Services.AddServiceHealthCheck("behind", async (_, token) =>
        {
            await Task.Delay(Timeout.InfiniteTimeSpan, TimeProvider.System, token);
            return true;
        });
        await using var app = builder.Build();
        app.MapServiceDefaults();
        await app.StartAsync(Cancellation);
        using var client = new HttpClient { BaseAddress = new Uri(app.Urls.Single()), Timeout = TimeSpan.FromSeconds(4) };

        (await StatusAsync(client)).ShouldBe(HttpStatusCode.ServiceUnavailable);
        time.Shift = TimeSpan.FromMinutes(2);
        (await StatusAsync(client)).ShouldBe(HttpStatusCode.OK);
    }

    private sealed class LaterTime : TimeProvider
    {
        public TimeSpan Shift { get; set; }

        public override long GetTimestamp() => base.GetTimestamp() + (long)(Shift.TotalSeconds * TimestampFrequency);
    }

    private static async Task<HttpStatusCode> StatusAsync(HttpClient client)
    {
        using var response = await client.GetAsync("ready", Cancellation);
        return response.StatusCode;
    }
}
