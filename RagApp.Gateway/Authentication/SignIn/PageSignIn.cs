using System.Net;
using System.Text.Json;
using Microsoft.AspNetCore.Authentication.JwtBearer;
using Microsoft.Extensions.Options;
using Microsoft.IdentityModel.JsonWebTokens;
using Microsoft.IdentityModel.Protocols.OpenIdConnect;
using RagApp.Contracts.Http;
using RagApp.Contracts.Identity;

namespace RagApp.Gateway.Authentication.SignIn;

/// <summary>
/// The page's sign-in by code flow with PKCE. The page sends people to the issuer and keeps their token in memory; the gateway exchanges the code, so that
/// the page calls no other server and a client's secret stays here. Nothing is kept between two calls.
/// </summary>
internal sealed class PageSignIn(IHttpClientFactory clients, IOptions<SignInOptions> options, IOptionsMonitor<JwtBearerOptions> bearer)
{
    public const string ClientName = "sign-in-page";

    /// <summary>Longest answer of the issuer, in bytes.</summary>
    public const int MaxBytes = 256 * 1024;

    /// <summary>Longest wait for the issuer.</summary>
    public static readonly TimeSpan Timeout = TimeSpan.FromSeconds(10);

    private static readonly TimeSpan Pause = TimeSpan.FromSeconds(10);

    private readonly SignInOptions _options = options.Value;

    /// <summary>Values that the page needs to send people to the issuer.</summary>
    /// <exception cref="ProblemException">503: the issuer does not answer.</exception>
    public async Task<SignInPlace> DescribeAsync(CancellationToken cancellationToken)
    {
        var issuer = await IssuerAsync(cancellationToken);
        return new SignInPlace(issuer.Issuer, issuer.AuthorizationEndpoint, _options.ClientId!, _options.Scope, issuer.EndSessionEndpoint);
    }

    /// <summary>Exchanges a code, or a refresh token, for tokens.</summary>
    /// <exception cref="ProblemException">400: the request lacks something. 401: the issuer refuses. 503: it does not answer.</exception>
    public async Task<SignedIn> ExchangeAsync(SignInExchange exchange, CancellationToken cancellationToken)
    {
        var form = FormOf(exchange);
        var issuer = await IssuerAsync(cancellationToken);
        if (!SignInOptionsValidator.IsSafe(issuer.TokenEndpoint))
            throw Away(inner: null);
        try
        {
            using var client = clients.CreateClient(ClientName);
            using var body = new FormUrlEncodedContent(form);
            using var response = await client.PostAsync(new Uri(issuer.TokenEndpoint), body, cancellationToken);
            var answer = JsonSerializer.Deserialize<JsonElement>(await response.Content.ReadAsByteArrayAsync(cancellationToken));
            if (response.StatusCode >= HttpStatusCode.InternalServerError)
                throw Away(inner: null);
            return response.IsSuccessStatusCode ? Read(answer) : throw Refused(TokenClaims.TextOf(answer, "error"));
        }
        catch (Exception exception) when (exception is HttpRequestException or JsonException || (exception is OperationCanceledException && !cancellationToken.IsCancellationRequested))
        {
            throw Away(exception);
        }
    }

    private Dictionary<string, string> FormOf(SignInExchange exchange)
    {
        var form = new Dictionary<string, string>(StringComparer.Ordinal) { ["client_id"] = _options.ClientId! };
        if (!string.IsNullOrWhiteSpace(_options.ClientSecret))
            form["client_secret"] = _options.ClientSecret;
        switch (exchange)
        {
            case { RefreshToken: { Length: > 0 } refresh, Code: null }:
                (form["grant_type"], form["refresh_token"]) = ("refresh_token", refresh);
                return form;
            case { Code: { Length: > 0 } code, Verifier: { Length: > 0 } verifier, RedirectUri: { Length: > 0 } redirectUri, RefreshToken: null }:
                (form["grant_type"], form["code"], form["code_verifier"], form["redirect_uri"]) = ("authorization_code", code, verifier, redirectUri);
                return form;
            default:
                throw ProblemException.BadRequest("Send either 'code' with 'verifier' and 'redirectUri', or 'refreshToken'.");
        }
    }

    /// <summary>The access token when it is one for this application, else the ID token: many issuers give access tokens that only they can read.</summary>
    private SignedIn Read(JsonElement answer)
    {
        var (access, id) = (TokenClaims.TextOf(answer, "access_token"), TokenClaims.TextOf(answer, "id_token"));
        var token = IsForUs(access) ? access : IsForUs(id) ? id : null;
        if (token is null)
        {
            throw new ProblemException(
                HttpStatusCode.Forbidden, "The issuer gave no token for this application. Whoever runs it compares 'SignIn:Audience' and 'SignIn:Scope' with what the issuer sends.");
        }
        return new SignedIn(token, new DateTimeOffset(new JsonWebToken(token).ValidTo, TimeSpan.Zero))
        {
            IdToken = id,
            RefreshToken = TokenClaims.TextOf(answer, "refresh_token"),
        };
    }

    private bool IsForUs(string? token) =>
        token is not null && new JsonWebTokenHandler().CanReadToken(token) && new JsonWebToken(token).Audiences.Contains(_options.Audience, StringComparer.Ordinal);

    private async Task<OpenIdConnectConfiguration> IssuerAsync(CancellationToken cancellationToken)
    {
        try
        {
            return await bearer.Get(SignInExtensions.SchemeName).ConfigurationManager!.GetConfigurationAsync(cancellationToken);
        }
        catch (InvalidOperationException exception)
        {
            throw Away(exception);
        }
    }

    /// <summary>The issuer's code of the error is one word; its description could be anything, and is left out.</summary>
    private static ProblemException Refused(string? error) => new(
        HttpStatusCode.Unauthorized,
        error is { Length: < 40 } && error.All(letter => char.IsAsciiLetter(letter) || letter == '_')
            ? $"The sign-in was refused by the issuer ({error}). Sign in again."
            : "The sign-in was refused by the issuer. Sign in again.");

    private static ProblemException Away(Exception? inner) =>
        new(HttpStatusCode.ServiceUnavailable, "The issuer does not answer, so that nobody can sign in. Try again.", inner) { RetryAfter = Pause };
}
