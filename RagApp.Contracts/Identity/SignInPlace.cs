namespace RagApp.Contracts.Identity;

/// <summary>Answer of <c>GET /v1/sign-in</c>: where and how a page sends people to the issuer.</summary>
/// <param name="Issuer">Name of the issuer.</param>
/// <param name="AuthorizationEndpoint">Address to which the page sends people, with the parameters of the code flow and PKCE (S256).</param>
/// <param name="ClientId">Name under which the issuer knows the page.</param>
/// <param name="Scope">Scopes to ask for, between spaces.</param>
/// <param name="EndSessionEndpoint">Address that ends the person's session at the issuer; null when it has none.</param>
public sealed record SignInPlace(string Issuer, string AuthorizationEndpoint, string ClientId, string Scope, string? EndSessionEndpoint);

/// <summary>Body of <c>POST /v1/sign-in/token</c>: either a code with verifier and address, or a refresh token.</summary>
/// <param name="Code">Code that the issuer sent the person back with.</param>
/// <param name="Verifier">Verifier of PKCE, whose hash the page sent to the issuer.</param>
/// <param name="RedirectUri">Address that the issuer sent the person back to.</param>
/// <param name="RefreshToken">Refresh token of an earlier answer.</param>
public sealed record SignInExchange(string? Code = null, string? Verifier = null, string? RedirectUri = null, string? RefreshToken = null);

/// <summary>Answer of <c>POST /v1/sign-in/token</c>.</summary>
/// <param name="Token">Token to send as <c>Authorization: Bearer TOKEN</c>.</param>
/// <param name="EndsAt">Time at which the token ends.</param>
public sealed record SignedIn(string Token, DateTimeOffset EndsAt)
{
    /// <summary>ID token, which names the nonce and ends the session at the issuer; null when the issuer sent none.</summary>
    public string? IdToken { get; init; }

    /// <summary>Refresh token for the next tokens; null when the issuer gives none.</summary>
    public string? RefreshToken { get; init; }
}
