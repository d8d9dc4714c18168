using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Http;
using Microsoft.IdentityModel.Tokens;

namespace RagApp.Tests.TestServices;

/// <summary>A real HTTP server that plays an OpenID Connect issuer: discovery document, keys that can be rolled over, and tokens.</summary>
internal sealed class OidcIssuer : IAsyncDisposable
{
    public const string Audience = "ragapp-tests";

    private readonly StubService _server;
    private RSA _key = RSA.Create(2048);
    private string _keyId = "key-1";
    private int _keys = 1;

    private OidcIssuer(StubService server)
    {
        _server = server;
        SignIns = new OidcSignIns(this);
    }

    public string Address => _server.Address;

    /// <summary>The public key as a PEM text, which anybody can have.</summary>
    public string PublicKey => _key.ExportSubjectPublicKeyInfoPem();

    public OidcSignIns SignIns { get; }

    /// <summary>Times that the keys were asked for.</summary>
    public int KeyRequests => _server.Requests.Count(request => request.EndsWith("/keys", StringComparison.Ordinal));

    /// <summary>Settings of a gateway that accepts this issuer.</summary>
    public string[] Settings => [$"--SignIn:Authority={Address}", $"--SignIn:Audience={Audience}", "--SignIn:Tenant=acme"];

    public static async Task<OidcIssuer> StartAsync(CancellationToken cancellationToken)
    {
        OidcIssuer? issuer = null;
        var server = await StubService.StartAsync(
            async context =>
            {
                if (!await issuer!.SignIns.TryAnswerAsync(context))
                    await StubService.AnswerAsync(context, StatusCodes.Status200OK, issuer.Answer(context.Request.Path));
            },
            cancellationToken);
        issuer = new OidcIssuer(server);
        return issuer;
    }

    /// <summary>Replaces the key, as an issuer does after a theft: the old one is published no longer.</summary>
    public void RollKey()
    {
        _key.Dispose();
        _key = RSA.Create(2048);
        _keyId = $"key-{++_keys}";
    }

    /// <summary>A token of Alice, with claims added, replaced, or removed by null.</summary>
    public string Token(params (string Claim, JsonNode? Value)[] changes) => Sign(Header("RS256"), Claims(changes), input => _key.SignData(input, HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1));

    /// <summary>The same token with no signature, and an algorithm that says so.</summary>
    public string UnsignedToken(string algorithm) => Sign(Header(algorithm), Claims([]), _ => []);

    /// <summary>The same token signed with a secret that is no secret: the bytes of the public key.</summary>
    public string TokenSignedWithPublicKey() => Sign(Header("HS256"), Claims([]), input => HMACSHA256.HashData(Encoding.UTF8.GetBytes(PublicKey), input));

    /// <summary>The same token signed with a key of somebody else, under the name of this issuer's key.</summary>
    public string ForgedToken()
    {
        using var other = RSA.Create(2048);
        return Sign(Header("RS256"), Claims([]), input => other.SignData(input, HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1));
    }

    /// <summary>The same token in which the forger put the own key into the header.</summary>
    public string TokenWithItsOwnKey()
    {
        using var other = RSA.Create(2048);
        var header = Header("RS256");
        header.Remove("kid");
        header["jwk"] = KeyOf(other, "own");
        return Sign(header, Claims([]), input => other.SignData(input, HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1));
    }

    public ValueTask DisposeAsync()
    {
        _key.Dispose();
        return _server.DisposeAsync();
    }

    private static string Sign(JsonObject header, JsonObject claims, Func<byte[], byte[]> sign)
    {
        var input = $"{Base64UrlEncoder.Encode(header.ToJsonString())}.{Base64UrlEncoder.Encode(claims.ToJsonString())}";
        return $"{input}.{Base64UrlEncoder.Encode(sign(Encoding.ASCII.GetBytes(input)))}";
    }

    private JsonObject Header(string algorithm) => new() { ["alg"] = algorithm, ["typ"] = "JWT", ["kid"] = _keyId };

    private JsonObject Claims((string Claim, JsonNode? Value)[] changes)
    {
        var now = TimeProvider.System.GetUtcNow().ToUnixTimeSeconds();
        var claims = new JsonObject
        {
            ["iss"] = Address,
            ["aud"] = Audience,
            ["sub"] = "f3b1c2",
            ["email"] = "alice@example.org",
            ["iat"] = now,
            ["nbf"] = now,
            ["exp"] = now + 600,
            ["groups"] = new JsonArray("staff", "finance"),
        };
        foreach (var (claim, value) in changes)
        {
            if (value is null)
                claims.Remove(claim);
            else
                claims[claim] = value;
        }
        return claims;
    }

    private string Answer(PathString path) => path.Value switch
    {
        "/.well-known/openid-configuration" => JsonSerializer.Serialize(new
        {
            issuer = Address,
            jwks_uri = $"{Address}/keys",
            authorization_endpoint = $"{Address}/authorize",
            token_endpoint = $"{Address}/token",
            end_session_endpoint = $"{Address}/logout",
        }),
        _ => new JsonObject { ["keys"] = new JsonArray(KeyOf(_key, _keyId)) }.ToJsonString(),
    };

    private static JsonObject KeyOf(RSA key, string id)
    {
        var parts = key.ExportParameters(includePrivateParameters: false);
        return new JsonObject
        {
            ["kty"] = "RSA", ["use"] = "sig", ["alg"] = "RS256", ["kid"] = id,
            ["n"] = Base64UrlEncoder.Encode(parts.Modulus), ["e"] = Base64UrlEncoder.Encode(parts.Exponent),
        };
    }
}
