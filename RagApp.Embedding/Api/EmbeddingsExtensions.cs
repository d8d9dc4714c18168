namespace RagApp.Embedding.Api;

internal static class EmbeddingsExtensions
{
    /// <summary>Registers the services that the endpoints use with every kind of model.</summary>
    public static IServiceCollection AddEmbeddings(this IServiceCollection services)
    {
        services.AddOptionsWithValidateOnStart<EmbeddingsOptions>().ValidateDataAnnotations()
            .BindConfiguration(EmbeddingsOptions.Section);
        services.AddSingleton<Telemetry>();
        services.AddSingleton<RequestRules>();
        services.AddSingleton<TextEmbedder>();
        return services;
    }
}
