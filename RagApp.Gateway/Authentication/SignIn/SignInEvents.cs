using System.Net;
using System.Security.Claims;
using System.Text.Json;
using Microsoft.AspNetCore.Authentication.JwtBearer;
using Microsoft.Extensions.Options;
using Microsoft.IdentityModel.JsonWebTokens;
using Microsoft.IdentityModel.Tokens;
using RagApp.Contracts.Http;
using RagApp.Contracts.Identity;
using RagApp.Gateway.Authentication.Failures;
using RagApp.Gateway.Authentication.Keys;
using RagApp.ServiceDefaults.Identity;
using RagApp.ServiceDefaults.Problems;

namespace RagApp.Gateway.Authentication.SignIn;

/// <summary>Turns a verified token into its principal, and every refusal into a sentence.</summary>
internal sealed class SignInEvents(
    TokenPrincipals principals, IOptions<SignInOptions> options, EndedSessions sessions, SignInFailures failures, TimeProvider time) : JwtBearerEvents
{
    private static readonly TimeSpan IssuerPause = TimeSpan.FromSeconds(10);

    public override async Task TokenValidated(TokenValidatedContext context)
    {
        try
        {
            var given = (JsonWebToken)context.SecurityToken;
            using var token = JsonDocument.Parse(Base64UrlEncoder.DecodeBytes(given.EncodedPayload));
            var principal = await principals.ReadAsync(token.RootElement, given.EncodedToken, context.HttpContext.RequestAborted);
            await RequireCurrentAsync(principal, token.RootElement, context.HttpContext.RequestAborted);
            context.Principal = new ClaimsPrincipal(PrincipalClaims.ToIdentity(principal, context.Scheme.Name));
        }
        catch (SignInException refusal)
        {
            context.Fail(refusal);
            failures.Count(refusal, context.HttpContext);
        }
    }

    public override async Task AuthenticationFailed(AuthenticationFailedContext context)
    {
        var refusal = await RefusalAsync(context);
        context.Fail(refusal);
        failures.Count(refusal, context.HttpContext);
    }

    public override Task Challenge(JwtBearerChallengeContext context)
    {
        context.HandleResponse();
        context.Response.Headers.WWWAuthenticate = "Bearer realm=\"ragapp\", error=\"invalid_token\"";
        var refusal = context.AuthenticateFailure as SignInException;
        return context.HttpContext.WriteProblemAsync(new ProblemException(
            refusal?.Status ?? HttpStatusCode.Unauthorized, refusal?.Message ?? "The token is not accepted. Sign in again.")
        {
            RetryAfter = refusal?.Failure == SignInFailure.IssuerAway ? IssuerPause : null,
        });
    }

    /// <summary>Refuses a token that is too old for its groups to be believed, or whose session an administrator ended.</summary>
    private async Task RequireCurrentAsync(Principal principal, JsonElement token, CancellationToken cancellationToken)
    {
        var issued = token.TryGetProperty("iat", out var seconds) && seconds.TryGetInt64(out var unix) && unix is > 0 and < 1L << 40
            ? DateTimeOffset.FromUnixTimeSeconds(unix)
            : throw Refuse(SignInFailure.UnusableToken, "The token does not say when it was issued ('iat').");
        var age = time.GetUtcNow() - issued;
        if (age > options.Value.MaxTokenAge + options.Value.ClockSkew || age < -options.Value.ClockSkew)
            throw Refuse(SignInFailure.ExpiredToken, "The token was issued too long ago. Sign in again.");
        if (await sessions.HasEndedAsync(principal, issued, cancellationToken))
            throw Refuse(SignInFailure.EndedSession, "An administrator ended your session. Sign in again.");

        SignInException Refuse(SignInFailure failure, string sentence) => new(failure, sentence) { Tenant = principal.Tenant, Subject = principal.Subject };
    }

    private static async Task<SignInException> RefusalAsync(AuthenticationFailedContext context) => context.Exception switch
    {
        SignInException refusal => refusal,
        _ when await IsIssuerAwayAsync(context) =>
            new SignInException(SignInFailure.IssuerAway, "The issuer of your token does not answer, so that the token cannot be verified. Try again.", HttpStatusCode.ServiceUnavailable),
        SecurityTokenExpiredException or SecurityTokenNotYetValidException or SecurityTokenInvalidLifetimeException or SecurityTokenNoExpirationException =>
            new SignInException(SignInFailure.ExpiredToken, "The token has expired or is not valid yet. Sign in again."),
        SecurityTokenInvalidIssuerException => new SignInException(SignInFailure.ForeignToken, "The token is of an issuer that is not accepted here."),
        SecurityTokenInvalidAudienceException => new SignInException(SignInFailure.ForeignToken, "The token is meant for another application."),
        _ => new SignInException(SignInFailure.ForeignToken, "The signature of the token cannot be verified. Sign in again."),
    };

    /// <summary>True when the issuer's keys could not be read at all; tokens of known keys are verified while it is away.</summary>
    private static async Task<bool> IsIssuerAwayAsync(AuthenticationFailedContext context)
    {
        if (context.Options.ConfigurationManager is not { } issuer)
            return true;
        try
        {
            await issuer.GetConfigurationAsync(context.HttpContext.RequestAborted);
            return false;
        }
        catch (InvalidOperationException)
        {
            return true;
        }
    }
}
