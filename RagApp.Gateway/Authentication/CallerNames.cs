using System.Text;
using RagApp.Contracts.Identity;

namespace RagApp.Gateway.Authentication;

/// <summary>Checks names of tenants and subjects that a token or an administrator gives, so that nobody takes a name with a meaning of its own.</summary>
internal static class CallerNames
{
    /// <summary>Beginning of the names of our own services, which work in the background.</summary>
    private const string ServicePrefix = "service:";

    /// <summary>Longest name of a tenant in bytes, each of which can take three characters of a stored name.</summary>
    private const int MaxTenantBytes = 64;

    /// <summary>Tenant whose audit journal has what belongs to no tenant, such as attempts with unknown keys.</summary>
    public const string Installation = "$installation";

    /// <summary>True for a name that access lists can hold and that is no service's.</summary>
    public static bool IsSubject(string? name) =>
        !string.IsNullOrWhiteSpace(name) && !name.StartsWith(ServicePrefix, StringComparison.OrdinalIgnoreCase) && AccessEntry.IsValid(AccessEntry.User(name), out _);

    /// <summary>True for a name that can be stored and is not reserved.</summary>
    public static bool IsTenant(string? name) =>
        !string.IsNullOrWhiteSpace(name) && Encoding.UTF8.GetByteCount(name) <= MaxTenantBytes && name[0] != Installation[0] && name.Trim().Length == name.Length && !name.Any(char.IsControl);
}
