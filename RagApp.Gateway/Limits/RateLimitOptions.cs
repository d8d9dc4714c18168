using System.ComponentModel.DataAnnotations;
using System.Net;
using Microsoft.Extensions.Options;

namespace RagApp.Gateway.Limits;

/// <summary>Options of the rate limits, section <c>RateLimits</c>. Each limit is a bucket that one minute fills up; 0 means no limit.</summary>
internal sealed class RateLimitOptions
{
    public const string Section = "RateLimits";

    /// <summary>Requests per minute of one person or program, 0 to 1,000,000; 6,000 by default.</summary>
    [Range(0, 1_000_000, ErrorMessage = "RateLimits:PerPrincipal lies between 0 and 1,000,000.")]
    public int PerPrincipal { get; set; } = 6_000;

    /// <summary>Requests per minute from one address (IPv6: from one /64), 0 to 1,000,000; 60,000 by default, since a whole office can share one.</summary>
    [Range(0, 1_000_000, ErrorMessage = "RateLimits:PerAddress lies between 0 and 1,000,000.")]
    public int PerAddress { get; set; } = 60_000;

    /// <summary>Different credentials per minute that may fail from one address, 0 to 100,000; 30 by default.</summary>
    [Range(0, 100_000, ErrorMessage = "RateLimits:FailedSignIns lies between 0 and 100,000.")]
    public int FailedSignIns { get; set; } = 30;

    /// <summary>
    /// Networks of the proxies in front of the gateway, such as <c>10.0.0.0/8</c>; none by default. Only what comes from them is believed when
    /// it says for whom it asks (<c>X-Forwarded-For</c>).
    /// </summary>
    public List<string> TrustedProxies { get; } = [];
}

/// <summary>Validates the networks of the proxies.</summary>
internal sealed class TrustedProxiesValidator : IValidateOptions<RateLimitOptions>
{
    public ValidateOptionsResult Validate(string? name, RateLimitOptions options) =>
        options.TrustedProxies.FirstOrDefault(network => !IPNetwork.TryParse(network, out _)) is { } wrong
            ? ValidateOptionsResult.Fail($"RateLimits:TrustedProxies has '{wrong}', which is no network: write the address and the length of its prefix, such as 10.0.0.0/8.")
            : ValidateOptionsResult.Success;
}
