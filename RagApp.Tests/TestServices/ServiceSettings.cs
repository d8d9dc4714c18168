using RagApp.Contracts.Identity;
using RagApp.ServiceDefaults.Identity;

namespace RagApp.Tests.TestServices;

/// <summary>What a service is started with in tests, and tokens that it accepts.</summary>
internal static class ServiceSettings
{
    public const string SigningKey = "a-signing-key-for-tests-of-48-characters-length-";

    public static string[] Common { get; } = ["--urls=http://127.0.0.1:0", $"--Identity:SigningKey={SigningKey}", "--Logging:LogLevel:Default=None"];

    /// <summary>Tells service discovery where a service listens; an address where nothing does unless one is given.</summary>
    public static string Address(string service, string? address = null) =>
        $"--services:{service}:http:0={address ?? "http://127.0.0.1:1"}";

    public static string TokenFor(Principal principal, string signingKey = SigningKey, TimeProvider? time = null) =>
        new InternalTokens(Microsoft.Extensions.Options.Options.Create(new IdentityOptions { SigningKey = signingKey }), time ?? TimeProvider.System)
            .Sign(principal);
}
