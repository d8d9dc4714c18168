using System.Net;
using System.Security.Cryptography;
using System.Text;
using Microsoft.AspNetCore.Authentication;
using Microsoft.Extensions.Caching.Memory;
using Microsoft.Extensions.Options;
using RagApp.Contracts.Http;
using RagApp.Gateway.Authentication;
using RagApp.Gateway.Authentication.Failures;

namespace RagApp.Gateway.Limits;

/// <summary>
/// Stops the guessing of credentials: when too many different ones from an address have failed within a minute, credentials that were not
/// seen to work are refused unread. People of the same address who are working go on. A program that repeats one wrong key counts once.
/// </summary>
internal sealed class SignInThrottle(RateLimiter limiter, IOptions<RateLimitOptions> options) : IDisposable
{
    private const int MaxSeen = 20_000;

    private static readonly TimeSpan Memory = TimeSpan.FromMinutes(10);

    /// <summary>Hashes of credentials that were seen lately, and whether they worked.</summary>
    private readonly MemoryCache _seen = new(new MemoryCacheOptions { SizeLimit = MaxSeen });

    /// <exception cref="ProblemException">429: too many credentials from this address have failed.</exception>
    public async Task CheckAsync(HttpContext context)
    {
        if (options.Value.FailedSignIns is not (> 0 and var capacity) || HashOf(context.Request) is not { } hash || (_seen.TryGetValue(hash, out bool works) && works))
            return;
        var left = await limiter.TakeAsync(LimitKind.SignIn, AddressOf(context), capacity, look: true);
        if (!left.Allowed)
        {
            throw new ProblemException(HttpStatusCode.TooManyRequests, "Too many sign-ins from your address have failed. Wait a moment, and check the key.")
            {
                RetryAfter = TokenBucket.WaitFor(left.Tokens, capacity),
            };
        }
    }

    /// <summary>Remembers how the credential of a request fared.</summary>
    public async Task NoteAsync(HttpContext context)
    {
        if (options.Value.FailedSignIns is not (> 0 and var capacity) || HashOf(context.Request) is not { } hash)
            return;
        var result = await context.AuthenticateAsync(); // the result of before: a request is authenticated once
        var wasSeen = _seen.TryGetValue(hash, out bool works);
        if (!wasSeen || works != result.Succeeded)
            _seen.Set(hash, result.Succeeded, new MemoryCacheEntryOptions { Size = 1, SlidingExpiration = Memory });
        // A credential that proves its tenant was not guessed, and an issuer that is away proves nothing.
        if (!result.Succeeded && !wasSeen && result.Failure is not SignInException { Tenant: not null } and not SignInException { Failure: SignInFailure.IssuerAway })
            await limiter.TakeAsync(LimitKind.SignIn, AddressOf(context), capacity);
    }

    public void Dispose() => _seen.Dispose();

    private static string AddressOf(HttpContext context) => ClientAddress.Of(context.Connection.RemoteIpAddress);

    /// <summary>A hash of the credentials, which themselves are never kept; null when there are none.</summary>
    private static string? HashOf(HttpRequest request) =>
        GivenCredential.All(request) is { Count: > 0 } given ? Convert.ToBase64String(SHA256.HashData(Encoding.UTF8.GetBytes(string.Join('\n', given)))) : null;
}
