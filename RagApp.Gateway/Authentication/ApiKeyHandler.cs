using System.Net;
using System.Security.Claims;
using System.Text.Encodings.Web;
using Microsoft.AspNetCore.Authentication;
using Microsoft.Extensions.Options;
using RagApp.Contracts.Http;
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
    ApiKeys keys)
    : AuthenticationHandler<AuthenticationSchemeOptions>(options, loggers, encoder)
{
    public const string SchemeName = "ApiKey";
    public const string HeaderName = "X-Api-Key";

    private const string BearerPrefix = "Bearer ";

    protected override Task<AuthenticateResult> HandleAuthenticateAsync() => Task.FromResult(Authenticate());

    private AuthenticateResult Authenticate()
    {
        var given = GivenKeys().Distinct(StringComparer.Ordinal).ToList();
        if (given.Count == 0)
            return AuthenticateResult.NoResult();
        if (given.Count > 1)
            return AuthenticateResult.Fail("The request carries two different API keys.");
        if (keys.Find(given[0]) is not { } principal)
            return AuthenticateResult.Fail("The API key is not known.");

        var user = new ClaimsPrincipal(PrincipalClaims.ToIdentity(principal, Scheme.Name));
        return AuthenticateResult.Success(new AuthenticationTicket(user, Scheme.Name));
    }

    private IEnumerable<string> GivenKeys()
    {
        foreach (var header in Request.Headers[HeaderName])
        {
            if (!string.IsNullOrWhiteSpace(header))
                yield return header.Trim();
        }
        foreach (var header in Request.Headers.Authorization)
        {
            if (header?.StartsWith(BearerPrefix, StringComparison.OrdinalIgnoreCase) is true)
                yield return header[BearerPrefix.Length..].Trim();
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
}
