namespace RagApp.Gateway.LocalModels;

internal static class LocalModelsExtensions
{
    public static IServiceCollection AddLocalModels(this IServiceCollection services)
    {
        services.AddOptions<LocalModelsOptions>().BindConfiguration(LocalModelsOptions.Section);
        return services.AddSingleton<LocalModelSearch>().AddHostedService<LocalModelWatch>();
    }
}
