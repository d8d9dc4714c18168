using System.Security.Claims;
using RagApp.Contracts.Identity;

namespace RagApp.ServiceDefaults.Identity;

/// <summary>Converts a <see cref="Principal"/> to claims and back; no other code knows the format.</summary>
public static class PrincipalClaims
{
    internal const string Subject = "sub";
    internal const string Role = "roles";

    private const string Tenant = "tenant";
    private const string Group = "groups";
    private const string Region = "region";
    private const string KeyId = "key";

    public static ClaimsIdentity ToIdentity(Principal principal, string authenticationType)
    {
        var identity = new ClaimsIdentity(authenticationType, Subject, Role);
        identity.AddClaim(new Claim(Tenant, principal.Tenant));
        identity.AddClaim(new Claim(Subject, principal.Subject));
        identity.AddClaims(principal.Groups.Select(group => new Claim(Group, group)));
        identity.AddClaims(principal.Roles.Select(role => new Claim(Role, role)));
        if (principal.Region is { } region)
            identity.AddClaim(new Claim(Region, region));
        if (principal.KeyId is { } key)
            identity.AddClaim(new Claim(KeyId, key));
        return identity;
    }

    /// <summary>
    /// Reads the principal of an authenticated user; null, which denies the call, when there is none or when tenant or subject
    /// is missing or blank.
    /// </summary>
    public static Principal? Read(ClaimsPrincipal user)
    {
        if (user.Identity is not { IsAuthenticated: true }
            || user.FindFirstValue(Tenant) is not { } tenant || string.IsNullOrWhiteSpace(tenant)
            || user.FindFirstValue(Subject) is not { } subject || string.IsNullOrWhiteSpace(subject))
            return null;

        return new Principal(
            tenant,
            subject,
            [.. user.FindAll(Group).Select(claim => claim.Value)],
            [.. user.FindAll(Role).Select(claim => claim.Value)],
            user.FindFirstValue(Region))
        {
            KeyId = user.FindFirstValue(KeyId),
        };
    }
}
