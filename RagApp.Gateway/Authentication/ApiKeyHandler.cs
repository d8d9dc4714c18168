using System.Security.Claims;
using System.Text.Encodings.Web;
using Microsoft.AspNetCore.Authentication;
using Microsoft.Extensions.Options;
using RagApp.ServiceDefaults.Identity;

namespace RagApp.Gateway.Authentication;

/// <summary>
/// Reads an API key from <c>Authorization: Bearer KEY</c> or <c>X-Api-Key: KEY</c>. Both may be given if they
/// say the same: two different keys in one request are refused, since either choice could be the wrong one.
/// </summary>
internal sealed class ApiKeyHandler(
    IOptionsMonitor<AuthenticationSchemeOptions> options,
    ILoggerFactory loggers,
    UrlEncoder encoder,
    ApiKeys keys,
    IProblemDetailsService problems)
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
        Response.StatusCode = StatusCodes.Status401Unauthorized;
        Response.Headers.WWWAuthenticate = "Bearer realm=\"ragapp\"";
        await problems.WriteAsync(new ProblemDetailsContext
        {
            HttpContext = Context,
            ProblemDetails =
            {
                Status = StatusCodes.Status401Unauthorized,
                Detail = $"{result.Failure?.Message ?? "The request carries no API key."} Send one as 'Authorization: Bearer KEY' or '{HeaderName}: KEY'.",
            },
        });
    }
}
