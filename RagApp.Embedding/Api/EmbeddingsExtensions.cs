using RagApp.Contracts;

namespace RagApp.Embedding.Api;

internal static class EmbeddingsExtensions
{
    /// <summary>What the endpoints need, whichever model stands behind them.</summary>
    public static IServiceCollection AddEmbeddings(this IServiceCollection services)
    {
        services.ConfigureHttpJsonOptions(options =>
            options.SerializerOptions.TypeInfoResolverChain.Insert(0, ContractsJson.Default));
        services.AddOptionsWithValidateOnStart<EmbeddingsOptions, EmbeddingsOptionsValidator>()
            .BindConfiguration(EmbeddingsOptions.Section);
        services.AddSingleton<Telemetry>();
        services.AddSingleton<RequestRules>();
        services.AddSingleton<TextEmbedder>();
        return services;
    }
}
