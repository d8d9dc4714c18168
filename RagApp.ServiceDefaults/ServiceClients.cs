using Microsoft.Extensions.DependencyInjection;
using RagApp.Contracts.Documents;
using RagApp.Contracts.Embeddings;
using RagApp.Contracts.Reading;
using RagApp.Contracts.Rerank;
using RagApp.Contracts.Search;
using RagApp.ServiceDefaults.Identity;

namespace RagApp.ServiceDefaults;

/// <summary>
/// Registers the typed clients by their AppHost names. Short calls that can be repeated use the standard resilience handler. Uploads
/// and bulk embedding have their own time limits, and whoever started them repeats them.
/// </summary>
public static class ServiceClients
{
    /// <summary>Registers the client for questions, whose calls are short and can be repeated.</summary>
    public static IServiceCollection AddEmbeddingClient(this IServiceCollection services)
    {
        services.AddHttpClient<EmbeddingClient>(client => client.BaseAddress = new Uri("http://embedding"))
            .SignForPrincipal()
            .AddStandardResilienceHandler();
        return services;
    }

    /// <summary>Registers the client of the reader. It has no retries: an answer that waits for the reader too long goes on without it.</summary>
    public static IServiceCollection AddReadingClient(this IServiceCollection services)
    {
        services.AddHttpClient<ReadingClient>(client => client.BaseAddress = new Uri("http://embedding")).SignForPrincipal();
        return services;
    }

    /// <summary>Registers the client of the reranker. It has no retries: a search that waits for the reranker too long keeps its order.</summary>
    public static IServiceCollection AddRerankClient(this IServiceCollection services)
    {
        services.AddHttpClient<RerankClient>(client => client.BaseAddress = new Uri("http://embedding")).SignForPrincipal();
        return services;
    }

    /// <summary>
    /// Registers the client for bulk work, which waits behind questions: it has a long time limit and no retries, since the job
    /// queue retries.
    /// </summary>
    public static IServiceCollection AddBulkEmbeddingClient(this IServiceCollection services)
    {
        services.AddHttpClient<EmbeddingClient>(client =>
            {
                client.BaseAddress = new Uri("http://embedding");
                client.Timeout = TimeSpan.FromMinutes(5);
            })
            .SignForPrincipal();
        return services;
    }

    public static IServiceCollection AddSearchClient(this IServiceCollection services)
    {
        services.AddHttpClient<SearchClient>(client => client.BaseAddress = new Uri("http://query-router"))
            .SignForPrincipal()
            .AddStandardResilienceHandler();
        return services;
    }

    /// <summary>Registers the client without a time limit, since an upload takes as long as it needs; cancelling the request ends it.</summary>
    public static IServiceCollection AddDocumentClient(this IServiceCollection services)
    {
        services.AddHttpClient<DocumentClient>(client =>
            {
                client.BaseAddress = new Uri("http://document-ingestion");
                client.Timeout = Timeout.InfiniteTimeSpan;
            })
            .SignForPrincipal();
        return services;
    }
}
