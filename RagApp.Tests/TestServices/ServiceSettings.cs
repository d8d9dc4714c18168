using RagApp.Contracts.Identity;
using RagApp.ServiceDefaults.Identity;

namespace RagApp.Tests.TestServices;

/// <summary>Settings with which tests start services, and tokens that those services accept.</summary>
internal static class ServiceSettings
{
    public const string SigningKey = "a-signing-key-for-tests-of-48-characters-length-";

    public static string[] Common { get; } = ["--urls=http://127.0.0.1:0", $"--Identity:SigningKey={SigningKey}", "--Logging:LogLevel:Default=None"];

    /// <summary>Service discovery setting for a service's address; by default an address where nothing listens.</summary>
    public static string Address(string service, string? address = null) =>
        $"--services:{service}:http:0={address ?? "http://127.0.0.1:1"}";

    public static string TokenFor(Principal principal, string signingKey = SigningKey, TimeProvider? time = null) =>
        new InternalTokens(Microsoft.Extensions.Options.Options.Create(new IdentityOptions { SigningKey = signingKey }), time ?? TimeProvider.System)
            .Sign(principal);
}
