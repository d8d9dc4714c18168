using RagApp.Query.Glossaries;
using RagApp.Query.Results;
using RagApp.Query.Rewriting;
using RagApp.Query.Routing;
using RagApp.Query.Search;
using RagApp.ServiceDefaults;
using RagApp.ServiceDefaults.Health;
using RagApp.ServiceDefaults.Identity;
using RagApp.Storage;
using RagApp.Storage.Qdrant.Client;

namespace RagApp.Query;

/// <summary>The query router: finds the passages that answer a question and that the person may read.</summary>
public static class Program
{
    public static Task Main(string[] args) => Build(args).RunServiceAsync();

    internal static WebApplication Build(string[] args)
    {
        var builder = WebApplication.CreateBuilder(args);
        builder.AddServiceDefaults();
        builder.Services.AddInternalIdentity();
        builder.Services.AddEmbeddingClient();
        // only the index on Qdrant uses Redis, and searches go on without it
        builder.AddRedisClient("redis", settings => settings.DisableHealthChecks = true);
        builder.AddQdrantServer();
        builder.Services.AddChunkIndex();
        builder.Services.AddQuestionRouting();
        builder.Services.AddGlossaries();
        builder.AddRewriting();
        builder.Services.AddSearch();
        builder.AddResults();
        builder.Services.AddServiceHealthCheck("embedding", FirstSearch.RunAsync);

        var app = builder.Build();
        app.MapServiceDefaults();
        app.UseAuthentication();
        app.UseAuthorization();
        var api = app.MapGroup("").AddEndpointFilter<IndexFailures>();
        api.MapSearch();
        api.MapGlossary();
        return app;
    }
}
