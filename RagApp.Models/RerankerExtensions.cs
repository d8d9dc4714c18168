using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Options;
using RagApp.Models.Providers.Cohere;
using RagApp.Models.Providers.Tei;
using RagApp.Models.Rerank;

namespace RagApp.Models;

public static class RerankerExtensions
{
    /// <summary>Registers the <see cref="IReranker"/> of section <c>Rerank</c> when it has an endpoint.</summary>
    public static void AddReranker(this IHostApplicationBuilder builder)
    {
        if (builder.Configuration.GetSection(RerankOptions.Section)[nameof(RerankOptions.Endpoint)] is not { Length: > 0 })
            return;
        builder.Services.AddOptionsWithValidateOnStart<RerankOptions>().ValidateDataAnnotations().BindConfiguration(RerankOptions.Section);
        builder.Services.AddSingleton(Create);
    }

    private static IReranker Create(IServiceProvider services)
    {
        var options = services.GetRequiredService<IOptions<RerankOptions>>().Value;
        return options.Provider == RerankProvider.Tei ? TeiReranker.Create(options) : CohereReranker.Create(options);
    }
}
