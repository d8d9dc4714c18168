using Microsoft.Extensions.DependencyInjection;
using RagApp.Contracts.Documents;
using RagApp.Contracts.Embeddings;
using RagApp.Contracts.Search;
using RagApp.ServiceDefaults.Identity;

namespace RagApp.ServiceDefaults;

/// <summary>
/// The typed clients under their AppHost names. Short calls that may be repeated get the standard resilience
/// handler; uploads and bulk embedding have limits of their own and are repeated by whoever started them.
/// </summary>
public static class ServiceClients
{
    /// <summary>For questions: short, repeatable.</summary>
    public static IServiceCollection AddEmbeddingClient(this IServiceCollection services)
    {
        services.AddHttpClient<EmbeddingClient>(client => client.BaseAddress = new Uri("http://embedding"))
            .SignForPrincipal()
            .AddStandardResilienceHandler();
        return services;
    }

    /// <summary>For bulk work, which waits behind questions: a long limit and no repetition, since the job queue repeats.</summary>
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

    /// <summary>Uploads stream for as long as they take: the request's own cancellation ends them.</summary>
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
