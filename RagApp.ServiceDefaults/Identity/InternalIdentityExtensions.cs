using Microsoft.AspNetCore.Authentication.JwtBearer;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;

namespace RagApp.ServiceDefaults.Identity;

public static class InternalIdentityExtensions
{
    /// <summary>Largest headers of a call in bytes, for the token of a person in thousands of groups.</summary>
    private const int MaxHeaders = 256 * 1024;

    /// <summary>Registers the signing of outgoing calls; for the gateway and every service.</summary>
    public static IServiceCollection AddInternalTokens(this IServiceCollection services)
    {
        services.AddOptionsWithValidateOnStart<IdentityOptions>().ValidateDataAnnotations()
            .BindConfiguration(IdentityOptions.Section);
        services.TryAddSingleton(TimeProvider.System);
        services.TryAddSingleton<InternalTokens>();
        services.TryAddTransient<PrincipalSigningHandler>();
        return services;
    }

    /// <summary>Registers the authentication of calls by a token that one of our services signed; for the services behind the gateway.</summary>
    public static IServiceCollection AddInternalIdentity(this IServiceCollection services)
    {
        services.AddInternalTokens();
        services.Configure<KestrelServerOptions>(kestrel => kestrel.Limits.MaxRequestHeadersTotalSize = MaxHeaders);
        services.AddAuthentication(JwtBearerDefaults.AuthenticationScheme).AddJwtBearer();
        services.AddOptions<JwtBearerOptions>(JwtBearerDefaults.AuthenticationScheme)
            .Configure<InternalTokens>((options, tokens) =>
            {
                options.MapInboundClaims = false;
                options.TokenValidationParameters = tokens.Validation;
            });
        services.AddAuthorizationBuilder()
            .SetFallbackPolicy(new AuthorizationPolicyBuilder().RequireAuthenticatedUser().Build());
        return services;
    }

    /// <summary>Adds a token for the request's principal to each call of this client.</summary>
    public static IHttpClientBuilder SignForPrincipal(this IHttpClientBuilder builder)
    {
        builder.Services.AddInternalTokens();
        return builder.AddHttpMessageHandler<PrincipalSigningHandler>();
    }
}
