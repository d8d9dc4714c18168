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
    /// <exception cref="OptionsValidationException">The connection string is neither an address nor <c>Endpoint=...;Key=...</c>, or there is none but that of REST.</exception>
    public static IHostApplicationBuilder AddQdrantServer(this IHostApplicationBuilder builder)
    {
        var nodes = builder.Configuration[$"{QdrantOptions.Section}:{nameof(QdrantOptions.Nodes)}"] ?? "";
        var http = HttpEndpoint(builder.Configuration);
        if (string.IsNullOrEmpty(builder.Configuration.GetConnectionString(QdrantOptions.ConnectionName)))
            return http.Length == 0 || nodes.Length > 0 ? builder : throw Wrong("it is missing beside that of REST");
        try
        {
            builder.AddQdrantClient(QdrantOptions.ConnectionName, settings =>
            {
                settings.DisableHealthChecks = true; // the index asks a question of its own
                var node = settings.Endpoint?.OriginalString ?? throw Wrong("it names no address");
                builder.Services.Configure<QdrantOptions>(options => (options.Nodes, options.HttpNodes, options.Key) = (node, nodes.Length == 0 ? http : "", settings.Key ?? ""));
            });
        }
        catch (ArgumentException)
        {
            throw Wrong("it cannot be read"); // the text itself holds a secret
        }
        return builder;
    }

    private static OptionsValidationException Wrong(string problem) => new(
        QdrantOptions.Section, typeof(QdrantOptions),
        [$"ConnectionStrings:{QdrantOptions.ConnectionName} is wrong: {problem}. Write Endpoint=https://host:6334;Key=..., or the address alone. Further nodes go into Storage:Qdrant:Nodes."]);

    private static string HttpEndpoint(IConfiguration configuration)
    {
        var text = configuration.GetConnectionString(QdrantOptions.HttpConnectionName) ?? "";
        var endpoint = text.Split(';').Select(part => part.Split('=', 2)).FirstOrDefault(part => part is [var name, _] && name.Trim().Equals("Endpoint", StringComparison.OrdinalIgnoreCase));
        return endpoint is null ? text : endpoint[1].Trim();
    }
}
