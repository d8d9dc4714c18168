using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Authorization;
using Microsoft.Extensions.DependencyInjection.Extensions;
using RagApp.Gateway.Authentication.Failures;
using RagApp.Gateway.Authentication.Keys;
using RagApp.Gateway.Authentication.SignIn;

namespace RagApp.Gateway.Authentication;

internal static class AuthenticationExtensions
{
    /// <summary>Scheme that hands a request to API keys or to sign-in, by the kind of its credential.</summary>
    private const string CallerScheme = "Caller";

    /// <summary>
    /// Registers API keys and, with an issuer, its tokens as the authentication. An endpoint that does not allow anonymous callers requires
    /// one of them.
    /// </summary>
    public static void AddCallers(this IHostApplicationBuilder builder)
    {
        var services = builder.Services;
        services.TryAddSingleton(TimeProvider.System);
        services.AddOptionsWithValidateOnStart<ApiKeyOptions>().ValidateDataAnnotations()
            .Validate(HaveOneRegionEach, "ApiKeys:N:Region is not the same for all keys of a tenant: its text would leave the region by the others. Give each of them the same region.")
            .Configure<IConfiguration>((options, configuration) => configuration.GetSection(ApiKeyOptions.Section).Bind(options.Keys));
        services.AddSingleton<ApiKeys>();
        services.AddSingleton<Telemetry>().AddSingleton<SignInFailures>().AddHostedService(provider => provider.GetRequiredService<SignInFailures>());
        services.AddAuthentication(CallerScheme)
            .AddScheme<AuthenticationSchemeOptions, ApiKeyHandler>(ApiKeyHandler.SchemeName, configureOptions: null)
            .AddPolicyScheme(CallerScheme, displayName: null, options => options.ForwardDefaultSelector = SchemeOf);
        builder.AddStoredKeys();
        services.AddSignIn();
        services.AddAuthorizationBuilder()
            .SetFallbackPolicy(new AuthorizationPolicyBuilder().RequireAuthenticatedUser().Build());
    }

    private static string SchemeOf(HttpContext context) =>
        context.RequestServices.GetRequiredService<Microsoft.Extensions.Options.IOptions<SignInOptions>>().Value.IsConfigured && GivenCredential.IsToken(context.Request)
            ? SignInExtensions.SchemeName
            : ApiKeyHandler.SchemeName;

    private static bool HaveOneRegionEach(ApiKeyOptions options) => options.Keys.GroupBy(key => key.Tenant, StringComparer.Ordinal)
        .All(keys => keys.Select(key => key.Region).Distinct(StringComparer.OrdinalIgnoreCase).Count() == 1);
}
