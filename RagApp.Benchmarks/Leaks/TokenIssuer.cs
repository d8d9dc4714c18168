using System.Security.Cryptography;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.Logging;
using Microsoft.IdentityModel.JsonWebTokens;
using Microsoft.IdentityModel.Tokens;

namespace RagApp.Benchmarks.Leaks;

/// <summary>An OpenID Connect issuer over real HTTP: each token has the groups that the person has at that moment.</summary>
internal sealed class TokenIssuer : IAsyncDisposable
{
    private const string Audience = "leaks";
    private const string KeyId = "only";

    private readonly ECDsa _key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
    private readonly JsonWebTokenHandler _tokens = new();
    private readonly SigningCredentials _credentials;
    private readonly WebApplication _app;

    private TokenIssuer(WebApplication app)
    {
        _app = app;
        _credentials = new SigningCredentials(new ECDsaSecurityKey(_key) { KeyId = KeyId }, SecurityAlgorithms.EcdsaSha256);
    }

    /// <summary>Settings of a gateway that accepts the tokens.</summary>
    public string[] Settings => [$"--SignIn:Authority={Address}", $"--SignIn:Audience={Audience}"];

    private string Address => _app.Urls.Single();

    public static async Task<TokenIssuer> StartAsync(CancellationToken cancellationToken)
    {
        var builder = WebApplication.CreateSlimBuilder(["--urls=http://127.0.0.1:0"]);
        builder.Logging.ClearProviders();
        var issuer = new TokenIssuer(builder.Build());
        issuer._app.MapGet("/.well-known/openid-configuration", () => new JsonObject { ["issuer"] = issuer.Address, ["jwks_uri"] = $"{issuer.Address}/keys" });
        issuer._app.MapGet("/keys", () => new JsonObject { ["keys"] = new JsonArray(issuer.PublicKey()) });
        await issuer._app.StartAsync(cancellationToken);
        return issuer;
    }

    public string TokenOf(MadePerson person) => _tokens.CreateToken(new SecurityTokenDescriptor
    {
        Issuer = Address,
        Audience = Audience,
        IssuedAt = TimeProvider.System.GetUtcNow().UtcDateTime,
        Expires = TimeProvider.System.GetUtcNow().UtcDateTime.AddMinutes(5),
        SigningCredentials = _credentials,
        Claims = new Dictionary<string, object>(StringComparer.Ordinal) { ["sub"] = person.Subject, ["tenant"] = person.Tenant, ["groups"] = person.Groups.ToArray() },
    });

    public async ValueTask DisposeAsync()
    {
        await _app.DisposeAsync();
        _key.Dispose();
    }

    private JsonObject PublicKey()
    {
        var point = _key.ExportParameters(includePrivateParameters: false).Q;
        return new JsonObject
        {
            ["kty"] = "EC", ["use"] = "sig", ["alg"] = "ES256", ["crv"] = "P-256", ["kid"] = KeyId,
            ["x"] = Base64UrlEncoder.Encode(point.X), ["y"] = Base64UrlEncoder.Encode(point.Y),
        };
    }
}
