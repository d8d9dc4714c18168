using RagApp.Dlp;

namespace RagApp.Ingestion.Dlp;

internal static class DlpExtensions
{
    public static IServiceCollection AddDlp(this IServiceCollection services)
    {
        services.AddOptionsWithValidateOnStart<DlpOptions, DlpOptionsValidator>().BindConfiguration(DlpOptions.Section);
        services.AddDetectors();
        services.AddSingleton<DlpPolicies>();
        services.AddSingleton<ContentScreener>();
        services.AddSingleton<DocumentScreening>();
        services.AddSingleton<OriginalAccess>();
        services.AddSingleton<Quarantine>();
        return services;
    }
}
