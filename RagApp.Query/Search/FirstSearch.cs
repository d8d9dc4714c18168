using RagApp.Contracts.Identity;
using RagApp.Contracts.Search;
using RagApp.Storage.Access;

namespace RagApp.Query.Search;

/// <summary>The first question after a start, put by the service itself to the embedding model and to the index of a tenant without documents.</summary>
internal static class FirstSearch
{
    private const string Nobody = "first-search";

    /// <summary>False when the question could not be embedded in time.</summary>
    public static async Task<bool> RunAsync(IServiceProvider services, CancellationToken cancellationToken)
    {
        await using var scope = services.CreateAsyncScope();
        var principal = Principal.ForService(Nobody, "query-router");
        var plan = new SearchPlan(["Is everything ready?"], SearchMode.Hybrid, "The first search after a start.", Limit: 1);
        var found = await scope.ServiceProvider.GetRequiredService<CandidateSearch>()
            .FindAsync(principal, plan, AccessFilter.For(principal), cancellationToken);
        return found.Question is { Vectors: not null };
    }
}
