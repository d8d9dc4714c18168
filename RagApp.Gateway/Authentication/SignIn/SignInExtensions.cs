using Microsoft.AspNetCore.Authentication.JwtBearer;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Options;
using Microsoft.IdentityModel.Tokens;

namespace RagApp.Gateway.Authentication.SignIn;

internal static class SignInExtensions
{
    public const string SchemeName = "SignIn";

    /// <summary>Signatures of asymmetric keys only: the issuer's public key must not serve as the secret of a symmetric signature.</summary>
    private static readonly string[] Signatures =
    [
        SecurityAlgorithms.RsaSha256, SecurityAlgorithms.RsaSha384, SecurityAlgorithms.RsaSha512,
        SecurityAlgorithms.RsaSsaPssSha256, SecurityAlgorithms.RsaSsaPssSha384, SecurityAlgorithms.RsaSsaPssSha512,
        SecurityAlgorithms.EcdsaSha256, SecurityAlgorithms.EcdsaSha384, SecurityAlgorithms.EcdsaSha512,
    ];

    /// <summary>Time after which the issuer's keys are read again, so that a key that it withdrew is accepted no longer.</summary>
    private static readonly TimeSpan KeyLifetime = TimeSpan.FromMinutes(15);

    /// <summary>Shortest time between two readings because of a key that is not known: tokens with invented keys cannot burden the issuer.</summary>
    private static readonly TimeSpan KeySearchInterval = TimeSpan.FromSeconds(5);

    /// <summary>Registers the verification of the issuer's tokens, section <c>SignIn</c>.</summary>
    public static IServiceCollection AddSignIn(this IServiceCollection services)
    {
        services.AddOptionsWithValidateOnStart<SignInOptions>().ValidateDataAnnotations().BindConfiguration(SignInOptions.Section);
        services.TryAddEnumerable(ServiceDescriptor.Singleton<IValidateOptions<SignInOptions>, SignInOptionsValidator>());
        services.AddSingleton<TokenPrincipals>().AddSingleton<PointedClaims>();
        AddBoundedClient(services, PointedClaims.ClientName, PointedClaims.MaxBytes, PointedClaims.Timeout);
        AddBoundedClient(services, PageSignIn.ClientName, PageSignIn.MaxBytes, PageSignIn.Timeout);
        services.AddSingleton<PageSignIn>();
        services.AddScoped<SignInEvents>();
        services.AddAuthentication().AddJwtBearer(SchemeName);
        services.AddOptions<JwtBearerOptions>(SchemeName).Configure<IOptions<SignInOptions>, TimeProvider>(Configure).PostConfigure(ForgetOldKeys);
        return services;
    }

    /// <summary>Adds a client for addresses of the configuration. It follows no redirect, which could lead elsewhere.</summary>
    private static void AddBoundedClient(IServiceCollection services, string name, int maxBytes, TimeSpan timeout) => services
        .AddHttpClient(name, client => (client.MaxResponseContentBufferSize, client.Timeout) = (maxBytes, timeout))
        .ConfigurePrimaryHttpMessageHandler(() => new SocketsHttpHandler { AllowAutoRedirect = false, UseCookies = false });

    /// <summary>A key that the issuer no longer publishes is accepted no longer; the library would go on with the last set of keys for an hour.</summary>
    private static void ForgetOldKeys(JwtBearerOptions bearer)
    {
        if (bearer.ConfigurationManager is BaseConfigurationManager issuer)
            issuer.UseLastKnownGoodConfiguration = false;
    }

    private static void Configure(JwtBearerOptions bearer, IOptions<SignInOptions> options, TimeProvider time)
    {
        var signIn = options.Value;
        bearer.Authority = signIn.Authority;
        bearer.RequireHttpsMetadata = signIn.Authority?.StartsWith(Uri.UriSchemeHttps, StringComparison.OrdinalIgnoreCase) is true;
        bearer.MapInboundClaims = false;
        bearer.EventsType = typeof(SignInEvents);
        bearer.AutomaticRefreshInterval = KeyLifetime;
        bearer.RefreshInterval = KeySearchInterval;
        bearer.TokenValidationParameters = new TokenValidationParameters
        {
            ValidAudience = signIn.Audience,
            ValidAlgorithms = Signatures,
            RequireExpirationTime = true,
            RequireSignedTokens = true,
            RequireAudience = true,
            TryAllIssuerSigningKeys = false,
            LifetimeValidator = (from, until, _, _) =>
            {
                var now = time.GetUtcNow().UtcDateTime;
                return (from is null || from <= now + signIn.ClockSkew) && until >= now - signIn.ClockSkew;
            },
        };
    }
}
