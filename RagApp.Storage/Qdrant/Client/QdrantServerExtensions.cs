using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Options;

namespace RagApp.Storage.Qdrant.Client;

public static class QdrantServerExtensions
{
    /// <summary>
    /// Takes over the server that <c>ConnectionStrings:qdrant</c> names, as Aspire's integration reads it, with its REST
    /// address in <c>ConnectionStrings:qdrant_http</c>. What the section <c>Storage:Qdrant</c> says counts more.
    /// </summary>
    /// <exception cref="OptionsValidationException">The connection string is neither an address nor <c>Endpoint=...;Key=...</c>.</exception>
    public static IHostApplicationBuilder AddQdrantServer(this IHostApplicationBuilder builder)
    {
        if (string.IsNullOrEmpty(builder.Configuration.GetConnectionString(QdrantOptions.ConnectionName)))
            return builder;
        try
        {
            builder.AddQdrantClient(QdrantOptions.ConnectionName, settings =>
            {
                settings.DisableHealthChecks = true; // the index asks a question of its own
                var node = settings.Endpoint?.OriginalString ?? throw Wrong();
                var http = builder.Configuration[$"{QdrantOptions.Section}:{nameof(QdrantOptions.Nodes)}"] is { Length: > 0 } ? "" : HttpEndpoint(builder.Configuration); // of one node
                builder.Services.Configure<QdrantOptions>(options => (options.Nodes, options.HttpNodes, options.Key) = (node, http, settings.Key ?? ""));
            });
        }
        catch (ArgumentException)
        {
            throw Wrong(); // the text itself holds a secret
        }
        return builder;
    }

    private static OptionsValidationException Wrong() => new(
        QdrantOptions.Section, typeof(QdrantOptions),
        [$"ConnectionStrings:{QdrantOptions.ConnectionName} is wrong: write Endpoint=https://host:6334;Key=..., or the address alone. Further nodes go into Storage:Qdrant:Nodes."]);

    private static string HttpEndpoint(IConfiguration configuration)
    {
        var text = configuration.GetConnectionString(QdrantOptions.HttpConnectionName) ?? "";
        var endpoint = text.Split(';').Select(part => part.Split('=', 2)).FirstOrDefault(part => part is [var name, _] && name.Trim().Equals("Endpoint", StringComparison.OrdinalIgnoreCase));
        return endpoint is null ? text : endpoint[1].Trim();
    }
}
