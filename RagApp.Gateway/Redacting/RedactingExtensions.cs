using RagApp.Dlp;

namespace RagApp.Gateway.Redacting;

internal static class RedactingExtensions
{
    private const string KeyBetweenServices = "Identity:SigningKey";

    public static IServiceCollection AddRedaction(this IServiceCollection services)
    {
        services.AddOptionsWithValidateOnStart<RedactionOptions, RedactionOptionsValidator>().BindConfiguration(RedactionOptions.Section)
            .PostConfigure<IConfiguration>((options, configuration) =>
            {
                if (options.HashKey.Length == 0)
                    options.HashKey = configuration[KeyBetweenServices] ?? "";
            });
        return services.AddDetectors().AddSingleton<Telemetry>().AddSingleton<RedactionPolicies>().AddSingleton<PassageRedaction>();
    }
}
