using System.Text;
using Microsoft.Extensions.Options;
using Microsoft.IdentityModel.JsonWebTokens;
using Microsoft.IdentityModel.Tokens;
using RagApp.Contracts.Identity;

namespace RagApp.ServiceDefaults.Identity;

/// <summary>
/// Signs the principal of a call between services as a short-lived JWT (HMAC-SHA256), and holds the parameters for verifying
/// such a token.
/// </summary>
internal sealed class InternalTokens(IOptions<IdentityOptions> options, TimeProvider time)
{
    private const string Issuer = "ragapp";
    private const string Audience = "ragapp-internal";

    private readonly JsonWebTokenHandler _handler = new() { SetDefaultTimesOnTokenCreation = false };
    private readonly SymmetricSecurityKey _key = new(Encoding.UTF8.GetBytes(options.Value.SigningKey));

    public TokenValidationParameters Validation => new()
    {
        ValidIssuer = Issuer,
        ValidAudience = Audience,
        IssuerSigningKey = _key,
        ValidAlgorithms = [SecurityAlgorithms.HmacSha256],
        RequireExpirationTime = true,
        RequireSignedTokens = true,
        ClockSkew = TimeSpan.FromSeconds(10),
        LifetimeValidator = IsWithinLifetime,
        NameClaimType = PrincipalClaims.Subject,
        RoleClaimType = PrincipalClaims.Role,
    };

    public string Sign(Principal principal)
    {
        var now = time.GetUtcNow().UtcDateTime;
        return _handler.CreateToken(new SecurityTokenDescriptor
        {
            Issuer = Issuer,
            Audience = Audience,
            IssuedAt = now,
            NotBefore = now,
            Expires = now + options.Value.TokenLifetime,
            Subject = PrincipalClaims.ToIdentity(principal, Issuer),
            SigningCredentials = new SigningCredentials(_key, SecurityAlgorithms.HmacSha256),
        });
    }

    private bool IsWithinLifetime(
        DateTime? notBefore, DateTime? expires, SecurityToken token, TokenValidationParameters parameters)
    {
        var now = time.GetUtcNow().UtcDateTime;
        return notBefore <= now + parameters.ClockSkew && expires >= now - parameters.ClockSkew;
    }
}
