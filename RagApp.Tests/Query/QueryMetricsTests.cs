using System.Diagnostics.Metrics;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Diagnostics.Metrics.Testing;
using RagApp.Contracts.Search;
using static RagApp.Tests.Query.QueryUnderTest;

namespace RagApp.Tests.Query;

/// <summary>Metrics of searches: they show how a search was made, and never its words.</summary>
public sealed class QueryMetricsTests
{
    [Fact]
    public async Task Searches_OfEveryKind_AreCountedByRouteAndByWhatWasDone()
    {
        const string Leave = "Annual leave is thirty days for every employee of the company, and part of it can be taken into the next year.";
        await using var query = await StartAsync([Document("leave.md", Leave), Document("copy.md", Leave), Document("form.md", "Form ZX-1234 is for travel.")], Cancellation);
        var meters = query.Services.GetRequiredService<IMeterFactory>();
        using var searches = Collect(meters, "RagApp.Query.Search", "ragapp.search.requests");
        using var fallbacks = Collect(meters, "RagApp.Query.Search", "ragapp.search.fallbacks");
        using var rewrites = Collect(meters, "RagApp.Query.Rewriting", "ragapp.rewriting.rewrites");
        using var refined = Collect(meters, "RagApp.Query.Results", "ragapp.search.refined");

        foreach (var question in new[] { "How many days is the annual leave?", "How long is anual leave for an employee?", "ZX-1234", "QQ-9999", "thank you!" })
            await query.SearchAsync(new SearchRequest(question));

        Counted(searches, "ragapp.search.route").ShouldBe(new Dictionary<string, long> { ["question"] = 2, ["exact"] = 2, ["small_talk"] = 1 }, ignoreOrder: true);
        Counted(fallbacks, "ragapp.search.given_up").ShouldBe(new Dictionary<string, long> { ["exact"] = 1 });
        Counted(rewrites, "ragapp.rewriting.kind").ShouldBe(new Dictionary<string, long> { ["corrected"] = 1 });
        Counted(refined, "ragapp.search.step")["duplicate"].ShouldBeGreaterThanOrEqualTo(2);
        foreach (var tag in new[] { searches, fallbacks, rewrites, refined }.SelectMany(counter => counter.GetMeasurementSnapshot()).SelectMany(measurement => measurement.Tags))
            $"{tag.Value}".ShouldBeOneOf("question", "exact", "small_talk", "corrected", "duplicate", "joined", "postponed", "keyword", "semantic", "hybrid", "none");
    }

    private static MetricCollector<long> Collect(IMeterFactory meters, string meter, string counter) => new(meters, meter, counter);

    private static Dictionary<string, long> Counted(MetricCollector<long> counter, string tag) =>
        counter.GetMeasurementSnapshot().GroupBy(measurement => $"{measurement.Tags[tag]}").ToDictionary(group => group.Key, group => group.Sum(measurement => measurement.Value));
}
