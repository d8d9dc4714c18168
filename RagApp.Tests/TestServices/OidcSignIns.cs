using System.Collections.Concurrent;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Http;
using Microsoft.IdentityModel.Tokens;

namespace RagApp.Tests.TestServices;

/// <summary>The code flow of <see cref="OidcIssuer"/>: everybody who is sent there is signed in at once, or refused.</summary>
internal sealed class OidcSignIns(OidcIssuer issuer)
{
    public const string ClientId = "ragapp-page";

    private readonly ConcurrentDictionary<string, (string Challenge, string RedirectUri, string Nonce)> _codes = [];
    private readonly ConcurrentDictionary<string, string> _refreshTokens = [];
    private int _count;

    /// <summary>Error with which people are sent back; null to sign them in.</summary>
    public string? Error { get; set; }

    /// <summary>State that people are sent back with; null for the right one.</summary>
    public string? State { get; set; }

    /// <summary>Nonce of the ID token; null for the right one.</summary>
    public string? Nonce { get; set; }

    /// <summary>Time after which tokens end.</summary>
    public TimeSpan Lifetime { get; set; } = TimeSpan.FromMinutes(10);

    /// <summary>Bodies of the requests for tokens.</summary>
    public ConcurrentQueue<IFormCollection> Exchanges { get; } = [];

    /// <summary>Answers a request of the flow; false when it belongs to none.</summary>
    public async Task<bool> TryAnswerAsync(HttpContext context)
    {
        switch (context.Request.Path.Value)
        {
            case "/authorize":
                Authorize(context);
                return true;
            case "/token":
                await ExchangeAsync(context);
                return true;
            case "/logout":
                await context.Response.WriteAsync("Signed out.");
                return true;
            default:
                return false;
        }
    }

    private void Authorize(HttpContext context)
    {
        var asked = context.Request.Query;
        (asked["response_type"].ToString(), asked["client_id"].ToString(), asked["code_challenge_method"].ToString()).ShouldBe(("code", ClientId, "S256"));
        var code = $"code-{Interlocked.Increment(ref _count)}";
        _codes[code] = (asked["code_challenge"].ToString(), asked["redirect_uri"].ToString(), asked["nonce"].ToString());
        var state = Uri.EscapeDataString(State ?? asked["state"].ToString());
        context.Response.Redirect($"{asked["redirect_uri"]}?state={state}&{(Error is null ? $"code={code}" : $"error={Error}")}");
    }

    private async Task ExchangeAsync(HttpContext context)
    {
        var form = await context.Request.ReadFormAsync(context.RequestAborted);
        Exchanges.Enqueue(form);
        var isKnown = form["grant_type"] == "refresh_token"
            ? _refreshTokens.TryRemove(form["refresh_token"].ToString(), out var nonce)
            : IsProven(form, out nonce);
        if (!isKnown)
        {
            await StubService.AnswerAsync(context, StatusCodes.Status400BadRequest, """{"error":"invalid_grant","error_description":"<b>no</b>"}""");
            return;
        }
        var refresh = $"refresh-{Interlocked.Increment(ref _count)}";
        _refreshTokens[refresh] = nonce!;
        var end = TimeProvider.System.GetUtcNow().Add(Lifetime).ToUnixTimeSeconds();
        await StubService.AnswerAsync(context, StatusCodes.Status200OK, new JsonObject
        {
            ["token_type"] = "Bearer", ["refresh_token"] = refresh,
            ["access_token"] = issuer.Token(("exp", end), ("jti", refresh)),
            ["id_token"] = issuer.Token(("aud", ClientId), ("nonce", Nonce ?? nonce)),
        }.ToJsonString());
    }

    /// <summary>A code is good once, with the verifier whose hash came before and with the same address.</summary>
    private bool IsProven(IFormCollection form, out string? nonce)
    {
        nonce = null;
        if (!_codes.TryRemove(form["code"].ToString(), out var begun))
            return false;
        nonce = begun.Nonce;
        return begun.RedirectUri == form["redirect_uri"]
            && begun.Challenge == Base64UrlEncoder.Encode(SHA256.HashData(Encoding.ASCII.GetBytes(form["code_verifier"].ToString())));
    }
}
