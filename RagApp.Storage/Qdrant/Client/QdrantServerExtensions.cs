using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;

namespace RagApp.Storage.Qdrant.Client;

public static class QdrantServerExtensions
{
    /// <summary>
    /// Takes over the server that <c>ConnectionStrings:qdrant</c> names, as Aspire's integration reads it, with its REST
    /// address in <c>ConnectionStrings:qdrant_http</c>. What the section <c>Storage:Qdrant</c> says counts more.
    /// </summary>
    public static IHostApplicationBuilder AddQdrantServer(this IHostApplicationBuilder builder)
    {
        if (string.IsNullOrEmpty(builder.Configuration.GetConnectionString(QdrantOptions.ConnectionName)))
            return builder;
        builder.AddQdrantClient(QdrantOptions.ConnectionName, settings =>
        {
            settings.DisableHealthChecks = true; // the index asks a question of its own
            builder.Services.Configure<QdrantOptions>(options =>
            {
                options.Nodes = settings.Endpoint?.OriginalString ?? "";
                options.HttpNodes = HttpEndpoint(builder.Configuration);
                options.Key = settings.Key ?? "";
            });
        });
        return builder;
    }

    private static string HttpEndpoint(IConfiguration configuration)
    {
        var text = configuration.GetConnectionString(QdrantOptions.HttpConnectionName) ?? "";
        var endpoint = text.Split(';').Select(part => part.Split('=', 2)).FirstOrDefault(part => part is [var name, _] && name.Trim().Equals("Endpoint", StringComparison.OrdinalIgnoreCase));
        return endpoint is null ? text : endpoint[1].Trim();
    }
}
