namespace RagApp.Ingestion.Processing.Screening;

internal static class ScreeningExtensions
{
    public static IServiceCollection AddScreening(this IServiceCollection services)
    {
        services.AddSingleton<Telemetry>();
        services.AddSingleton<DocumentScreening>();
        services.AddSingleton<OriginalAccess>();
        services.AddSingleton<Quarantine>();
        return services;
    }
}
