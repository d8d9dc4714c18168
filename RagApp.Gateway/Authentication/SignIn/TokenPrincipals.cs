using System.Net;
using System.Text.Json;
using Microsoft.Extensions.Options;
using RagApp.Contracts.Identity;
using RagApp.Gateway.Authentication.Failures;
using static RagApp.Gateway.Authentication.SignIn.TokenClaims;

namespace RagApp.Gateway.Authentication.SignIn;

/// <summary>
/// Makes the principal of a token whose signature, issuer, audience and times have been verified. Whatever is missing or unclear refuses
/// the token: groups are never guessed.
/// </summary>
internal sealed class TokenPrincipals(IOptions<SignInOptions> options, ApiKeys keys, PointedClaims pointed)
{
    private readonly SignInOptions _options = options.Value;

    /// <param name="encoded">The token as it was sent.</param>
    /// <exception cref="SignInException">The token cannot be used.</exception>
    public async Task<Principal> ReadAsync(JsonElement token, string encoded, CancellationToken cancellationToken)
    {
        var tenant = TenantOf(token);
        var subject = TextOf(token, _options.SubjectClaim) is { } named && CallerNames.IsSubject(named)
            ? named
            : throw Unusable($"The token has no usable subject in the claim '{_options.SubjectClaim}'.", tenant);
        var known = new Principal(tenant, subject, [], [], Region: null);
        var claims = await pointed.ResolveAsync(token, encoded, known, cancellationToken);
        return known with { Groups = ListOf(claims, _options.GroupsClaim, known), Roles = RolesOf(claims, known), Region = RegionOf(claims, known) };
    }

    private string TenantOf(JsonElement token) => (string.IsNullOrWhiteSpace(_options.Tenant) ? TextOf(token, _options.TenantClaim) : _options.Tenant) switch
    {
        { } tenant when CallerNames.IsTenant(tenant) => tenant,
        _ => throw Unusable($"The token has no usable tenant in the claim '{_options.TenantClaim}'.", tenant: null),
    };

    private List<string> RolesOf(JsonElement token, Principal person)
    {
        var given = ListOf(token, _options.RolesClaim, person);
        if (!string.IsNullOrEmpty(_options.MemberRole) && !given.Contains(_options.MemberRole, StringComparer.Ordinal))
        {
            throw new SignInException(SignInFailure.NoMember, "You are not a member of this application. Ask whoever runs it to give you access.", HttpStatusCode.Forbidden)
            {
                Tenant = person.Tenant,
                Subject = person.Subject,
            };
        }
        var roles = new List<string> { Role.Member };
        if (given.Contains(_options.AdminRole, StringComparer.Ordinal))
            roles.Add(Role.Admin);
        if (given.Contains(_options.AuditorRole, StringComparer.Ordinal))
            roles.Add(Role.Auditor);
        return roles;
    }

    /// <summary>The region of the claim, which has to be that of the tenant's API keys, whose text would otherwise leave it.</summary>
    private string? RegionOf(JsonElement token, Principal person)
    {
        var configured = keys.RegionOf(person.Tenant);
        if (string.IsNullOrWhiteSpace(_options.RegionClaim))
            return configured;
        var region = TextOf(token, _options.RegionClaim) ?? throw Unusable($"The token has no region in the claim '{_options.RegionClaim}'.", person.Tenant);
        return configured is null || string.Equals(configured, region, StringComparison.OrdinalIgnoreCase)
            ? region
            : throw Unusable("The token names another region than that of your organisation's text.", person.Tenant);
    }

    /// <summary>A claim that is a text or a list of texts; without the claim the list is empty.</summary>
    private static IReadOnlyList<string> ListOf(JsonElement token, string claim, Principal person) => Find(token, claim) switch
    {
        null or { ValueKind: JsonValueKind.Null } => [],
        { ValueKind: JsonValueKind.String } one => [one.GetString()!],
        { ValueKind: JsonValueKind.Array } many when many.EnumerateArray().All(value => value.ValueKind == JsonValueKind.String) =>
            [.. many.EnumerateArray().Select(value => value.GetString()!).Distinct(StringComparer.Ordinal)],
        _ => throw Unusable($"The claim '{claim}' of the token is no list of names.", person.Tenant),
    };

    private static SignInException Unusable(string problem, string? tenant) =>
        new(SignInFailure.UnusableToken, $"{problem} Whoever runs this application compares its settings 'SignIn' with what the issuer sends.", HttpStatusCode.Forbidden) { Tenant = tenant };
}
