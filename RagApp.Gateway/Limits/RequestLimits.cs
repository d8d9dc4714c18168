using System.Globalization;
using System.Net;
using Microsoft.Extensions.Options;
using RagApp.Contracts.Http;
using RagApp.ServiceDefaults.Health;
using RagApp.ServiceDefaults.Identity;

namespace RagApp.Gateway.Limits;

/// <summary>
/// Refuses requests over the limit of their principal or their address with 429, and tells in the headers <c>RateLimit</c> and
/// <c>RateLimit-Policy</c> (draft-ietf-httpapi-ratelimit-headers) what is left. Health checks are not limited.
/// </summary>
internal sealed class RequestLimits(RateLimiter limiter, IOptions<RateLimitOptions> options) : IMiddleware
{
    private const int Window = 60;

    public async Task InvokeAsync(HttpContext context, RequestDelegate next)
    {
        if (context.Request.Path == HealthExtensions.LivenessPath || context.Request.Path == HealthExtensions.ReadinessPath)
        {
            await next(context);
            return;
        }
        var limits = LimitsOf(context).ToList();
        var taken = await Task.WhenAll(limits.Select(async limit => (Limit: limit, Taken: await limiter.TakeAsync(limit.Kind, limit.Who, limit.Capacity))));
        SetHeaders(context, taken);
        if (taken.FirstOrDefault(one => !one.Taken.Allowed) is { Limit: { } exceeded } refused)
        {
            throw new ProblemException(
                HttpStatusCode.TooManyRequests,
                $"There are more than {exceeded.Capacity:N0} requests a minute from {(exceeded.Kind == LimitKind.Principal ? "you" : "your address")}. Wait a moment, and send fewer.")
            {
                RetryAfter = TokenBucket.WaitFor(refused.Taken.Tokens, exceeded.Capacity),
            };
        }
        await next(context);
    }

    private IEnumerable<Limit> LimitsOf(HttpContext context)
    {
        if (options.Value.PerAddress is > 0 and var perAddress)
            yield return new Limit(LimitKind.Address, ClientAddress.Of(context.Connection.RemoteIpAddress), perAddress);
        if (options.Value.PerPrincipal is > 0 and var perPrincipal && PrincipalClaims.Read(context.User) is { } principal)
            yield return new Limit(LimitKind.Principal, $"{principal.Tenant}\n{principal.Subject}", perPrincipal);
    }

    /// <summary>Sets the headers when the response starts, since the exception handler clears those that were set earlier.</summary>
    private static void SetHeaders(HttpContext context, IReadOnlyList<(Limit Limit, Taken Taken)> taken)
    {
        if (taken.Count == 0)
            return;
        context.Response.OnStarting(() =>
        {
            context.Response.Headers["RateLimit-Policy"] = string.Join(
                ", ", taken.Select(one => string.Create(CultureInfo.InvariantCulture, $"\"{one.Limit.Kind}\";q={one.Limit.Capacity};w={Window}")));
            context.Response.Headers["RateLimit"] = string.Join(", ", taken.Select(one => string.Create(
                CultureInfo.InvariantCulture,
                $"\"{one.Limit.Kind}\";r={(long)one.Taken.Tokens};t={(long)Math.Ceiling(TokenBucket.FillTime(one.Taken.Tokens, one.Limit.Capacity).TotalSeconds)}")));
            return Task.CompletedTask;
        });
    }

    private sealed record Limit(string Kind, string Who, int Capacity);
}
