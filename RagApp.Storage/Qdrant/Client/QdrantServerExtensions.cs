using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Options;

namespace RagApp.Storage.Qdrant.Client;

public static class QdrantServerExtensions
{
    /// <summary>
    /// Configures the Qdrant server of <c>ConnectionStrings:qdrant</c>, which Aspire's integration reads, and its REST address in
    /// <c>ConnectionStrings:qdrant_http</c>. Settings in the section <c>Storage:Qdrant</c> take precedence.
    /// </summary>
    /// <exception cref="OptionsValidationException">
    /// The connection string is neither an address nor <c>Endpoint=...;Key=...</c>, or only the REST one is given.
    /// </exception>
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
                settings.DisableHealthChecks = true; // the index has its own health check
                var node = settings.Endpoint?.OriginalString ?? throw Wrong("it names no address");
                builder.Services.Configure<QdrantOptions>(options => (options.Nodes, options.HttpNodes, options.Key) = (node, nodes.Length == 0 ? http : "", settings.Key ?? ""));
            });
        }
        catch (ArgumentException)
        {
            throw Wrong("it cannot be read"); // the exception's text would contain the key
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
