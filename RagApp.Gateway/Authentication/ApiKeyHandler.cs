using System.Net;
using System.Security.Claims;
using System.Text.Encodings.Web;
using Microsoft.AspNetCore.Authentication;
using Microsoft.Extensions.Options;
using RagApp.Contracts.Http;
using RagApp.Gateway.Authentication.Failures;
using RagApp.Gateway.Authentication.Keys;
using RagApp.ServiceDefaults.Identity;
using RagApp.ServiceDefaults.Problems;

namespace RagApp.Gateway.Authentication;

/// <summary>
/// Reads an API key from <c>Authorization: Bearer KEY</c> or <c>X-Api-Key: KEY</c>. A request may have both if the keys are
/// equal; different keys are refused, since nobody can tell which one is meant.
/// </summary>
internal sealed class ApiKeyHandler(
    IOptionsMonitor<AuthenticationSchemeOptions> options,
    ILoggerFactory loggers,
    UrlEncoder encoder,
    ApiKeys keys,
    SignInFailures failures,
    IServiceProvider services)
    : AuthenticationHandler<AuthenticationSchemeOptions>(options, loggers, encoder)
{
    public const string SchemeName = "ApiKey";
    public const string HeaderName = "X-Api-Key";

    protected override async Task<AuthenticateResult> HandleAuthenticateAsync()
    {
        try
        {
            return GivenCredential.All(Request) switch
            {
                [] => AuthenticateResult.NoResult(),
                [var key] => Success(await FindAsync(key)),
                _ => throw new SignInException(SignInFailure.Ambiguous, "The request carries two different API keys."),
            };
        }
        catch (SignInException refusal)
        {
            failures.Count(refusal, Context);
            return AuthenticateResult.Fail(refusal);
        }
    }

    protected override async Task HandleChallengeAsync(AuthenticationProperties properties)
    {
        var result = await HandleAuthenticateOnceSafeAsync();
        Response.Headers.WWWAuthenticate = "Bearer realm=\"ragapp\"";
        await Context.WriteProblemAsync(new ProblemException(
            HttpStatusCode.Unauthorized,
            $"{result.Failure?.Message ?? "The request carries no API key."} Send one as 'Authorization: Bearer KEY' or '{HeaderName}: KEY'."));
    }

    private async Task<KeyCaller> FindAsync(string key)
    {
        if (keys.Find(key) is { } configured)
            return new KeyCaller(configured, Scopes: []);
        var stored = services.GetService<StoredKeys>() is { } storedKeys ? await storedKeys.FindAsync(key, Context.RequestAborted) : null;
        return stored ?? throw new SignInException(SignInFailure.UnknownKey, "The API key is not known.");
    }

    private AuthenticateResult Success(KeyCaller caller)
    {
        var identity = PrincipalClaims.ToIdentity(caller.Principal, Scheme.Name);
        identity.AddClaims(caller.Scopes.Select(scope => new Claim(KeyScope.Claim, scope)));
        return AuthenticateResult.Success(new AuthenticationTicket(new ClaimsPrincipal(identity), Scheme.Name));
    }
}
