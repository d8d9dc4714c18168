using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Authorization;

namespace RagApp.Gateway.Authentication;

internal static class AuthenticationExtensions
{
    /// <summary>Registers API keys as the authentication. An endpoint that does not allow anonymous callers requires a key.</summary>
    public static IServiceCollection AddApiKeys(this IServiceCollection services)
    {
        services.AddOptionsWithValidateOnStart<ApiKeyOptions>().ValidateDataAnnotations()
            .Validate(HaveOneRegionEach, "ApiKeys:N:Region is not the same for all keys of a tenant: its text would leave the region by the others. Give each of them the same region.")
            .Configure<IConfiguration>((options, configuration) => configuration.GetSection(ApiKeyOptions.Section).Bind(options.Keys));
        services.AddSingleton<ApiKeys>();
        services.AddAuthentication(ApiKeyHandler.SchemeName)
            .AddScheme<AuthenticationSchemeOptions, ApiKeyHandler>(ApiKeyHandler.SchemeName, configureOptions: null);
        services.AddAuthorizationBuilder()
            .SetFallbackPolicy(new AuthorizationPolicyBuilder().RequireAuthenticatedUser().Build());
        return services;
    }

    private static bool HaveOneRegionEach(ApiKeyOptions options) => options.Keys.GroupBy(key => key.Tenant, StringComparer.Ordinal)
        .All(keys => keys.Select(key => key.Region).Distinct(StringComparer.OrdinalIgnoreCase).Count() == 1);
}
