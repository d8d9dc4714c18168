using RagApp.Dlp;

namespace RagApp.Ingestion.Dlp;

internal static class DlpPolicyExtensions
{
    public static IServiceCollection AddDlpPolicies(this IServiceCollection services)
    {
        services.AddOptionsWithValidateOnStart<DlpOptions, DlpOptionsValidator>().BindConfiguration(DlpOptions.Section);
        services.AddDetectors();
        services.AddSingleton<DlpPolicies>();
        services.AddSingleton<ContentScreener>();
        return services;
    }
}
