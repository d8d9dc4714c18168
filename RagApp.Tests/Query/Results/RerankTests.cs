using System.Text.Json;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Diagnostics.Metrics.Testing;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Options;
using Microsoft.Extensions.Time.Testing;
using RagApp.Contracts.Search;
using RagApp.Query.Results;
using RagApp.ServiceDefaults;
using RagApp.ServiceDefaults.Identity;
using RagApp.Tests.TestServices;

namespace RagApp.Tests.Query.Results;

/// <summary>Reranking by a server on loopback that plays the embedding service, correctly or not.</summary>
public sealed class RerankTests
{
    private static readonly SearchHit[] Ranked = [Hit("a", "Salaries are paid monthly.", 0.9), Hit("b", "Badges cost money.", 0.8), Hit("c", "Leave is granted yearly.", 0.7)];

    private readonly FakeTimeProvider _time = new();
    private string _asked = "";
    private string _authorization = "";

    [Fact]
    public async Task Refine_WithAReranker_OrdersByIt()
    {
        var refined = await RefineAsync(context => context.Response.WriteAsync(
            """{"results":[{"index":2,"relevance_score":0.9},{"index":0,"relevance_score":0.3},{"index":1,"relevance_score":0.1}]}"""));

        refined.Hits.Select(hit => (hit.DocumentId, hit.RerankScore)).ShouldBe([("c", 0.9), ("a", 0.3), ("b", 0.1)]);
        refined.Refinement.Rerank.ShouldBe("reranked");
        _authorization.ShouldStartWith("Bearer ");
        using var asked = JsonDocument.Parse(_asked);
        asked.RootElement.GetProperty("query").GetString().ShouldBe("When is leave granted?");
        asked.RootElement.GetProperty("documents").EnumerateArray().Select(text => text.GetString()).ShouldBe(Ranked.Select(hit => hit.Text));
    }

    [Fact]
    public async Task Refine_WithoutAReranker_KeepsTheOrder()
    {
        using var host = Build("http://127.0.0.1:1");

        var refined = await RefineAsync(host);

        refined.Hits.Select(hit => hit.DocumentId).ShouldBe(["a", "b", "c"]);
        refined.Refinement.Rerank.ShouldBeNull();
    }

    [Fact]
    public async Task Refine_WithMoreThanAreJudged_KeepsTheRestBehindInItsOrder()
    {
        var refined = await RefineAsync(
            context => context.Response.WriteAsync("""{"results":[{"index":1,"relevance_score":0.5},{"index":0,"relevance_score":0.4}]}"""), "Results:RerankCandidates=2");

        refined.Hits.Select(hit => hit.DocumentId).ShouldBe(["b", "a", "c"]);
        refined.Hits[2].RerankScore.ShouldBeNull();
    }

    [Theory]
    [InlineData("not json")]
    [InlineData("null")]
    [InlineData("""{"results":[]}""")]
    [InlineData("""{"results":[{"index":0,"relevance_score":0.5}]}""")]
    [InlineData("""{"results":[{"index":0,"relevance_score":0.5},{"index":0,"relevance_score":0.4},{"index":1,"relevance_score":0.3}]}""")]
    [InlineData("""{"results":[{"index":0,"relevance_score":0.5},{"index":1,"relevance_score":0.4},{"index":7,"relevance_score":0.3}]}""")]
    public async Task Refine_RerankerAnswersGarbage_KeepsTheOrder(string answer) =>
        ShouldBeAsRanked(await RefineAsync(context => context.Response.WriteAsync(answer)), "failed");

    [Theory]
    [InlineData(404)]
    [InlineData(502)]
    public async Task Refine_RerankerFails_KeepsTheOrder(int status) => ShouldBeAsRanked(await RefineAsync(context =>
    {
        context.Response.StatusCode = status;
        return Task.CompletedTask;
    }), "failed");

    [Fact]
    public async Task Refine_RerankerIsSlow_KeepsTheOrderAfterTheDeadline() => ShouldBeAsRanked(await RefineAsync(context =>
    {
        _time.Advance(TimeSpan.FromSeconds(1));
        return Task.Delay(Timeout.InfiniteTimeSpan, TimeProvider.System, context.RequestAborted);
    }), "timeout");

    [Theory]
    [InlineData("Results:RerankTimeout=00:01:00", "RerankTimeout")]
    [InlineData("Results:RerankCandidates=1", "RerankCandidates")]
    [InlineData("Results:PerDocument=0", "PerDocument")]
    [InlineData("Results:MaxJoined=11", "MaxJoined")]
    public void Start_WithAWrongSetting_NamesIt(string setting, string key)
    {
        using var host = Build("http://127.0.0.1:1", setting);

        Should.Throw<OptionsValidationException>(() => host.Start()).Message.ShouldContain(key);
    }

    private static void ShouldBeAsRanked(RefinedHits refined, string outcome)
    {
        refined.Hits.Select(hit => hit.DocumentId).ShouldBe(["a", "b", "c"]);
        refined.Hits.ShouldAllBe(hit => hit.RerankScore == null);
        refined.Refinement.Rerank.ShouldBe(outcome);
    }

    private static SearchHit Hit(string document, string text, double score) =>
        new(document, 1, 0, document, $"{document}.md", "", null, text, score, 1, 0.9);

    private async Task<RefinedHits> RefineAsync(RequestDelegate answer, params string[] settings)
    {
        await using var server = await StubService.StartAsync(async context =>
        {
            using var reader = new StreamReader(context.Request.Body);
            _asked = await reader.ReadToEndAsync(context.RequestAborted);
            _authorization = context.Request.Headers.Authorization.ToString();
            context.Response.ContentType = "application/json";
            await answer(context);
        }, Cancellation);
        using var host = Build(server.Address, ["Models:Rerank:Deployments:only:Provider=cohere", .. settings]);
        var outcomes = new MetricCollector<long>(host.Services.GetRequiredService<System.Diagnostics.Metrics.IMeterFactory>(), "RagApp.Query.Results", "ragapp.search.reranks");
        var refined = await RefineAsync(host);
        outcomes.GetMeasurementSnapshot().ShouldHaveSingleItem().Tags["ragapp.search.rerank_outcome"].ShouldBe(refined.Refinement.Rerank);
        server.Requests.ShouldBe(["POST /v1/rerank"]);
        return refined;
    }

    private static Task<RefinedHits> RefineAsync(IHost host) => host.Services.GetRequiredService<ResultRefiner>()
        .RefineAsync(Embedding.EmbeddingUnderTest.Alice, "When is leave granted?", Ranked, 10, Cancellation);

    /// <summary>A query router whose embedding service is at <paramref name="address"/>.</summary>
    private IHost Build(string address, params IEnumerable<string> settings)
    {
        var builder = new HostApplicationBuilder(new HostApplicationBuilderSettings { DisableDefaults = true });
        builder.AddServiceDefaults();
        builder.Configuration["Identity:SigningKey"] = ServiceSettings.SigningKey;
        builder.Configuration["services:embedding:http:0"] = address;
        foreach (var setting in settings)
            builder.Configuration[setting[..setting.IndexOf('=')]] = setting[(setting.IndexOf('=') + 1)..];
        builder.Services.AddSingleton<TimeProvider>(_time);
        builder.Services.AddInternalIdentity();
        builder.AddResults();
        return builder.Build();
    }
}
