using System.ComponentModel.DataAnnotations;
using Microsoft.Extensions.Options;

namespace RagApp.Gateway.Authentication.SignIn;

/// <summary>Options of sign-in by an OpenID Connect issuer, section <c>SignIn</c>. Without an authority only API keys are accepted.</summary>
internal sealed class SignInOptions
{
    public const string Section = "SignIn";

    /// <summary>Address of the issuer, below which its discovery document is; none by default. It is <c>https</c>, except on loopback.</summary>
    public string? Authority { get; set; }

    /// <summary>Audience that a token must name, which the issuer gives to this application. No default.</summary>
    public string? Audience { get; set; }

    /// <summary>Claim with the subject; <c>sub</c> by default. An e-mail address is used only when its claim is named here.</summary>
    [Required(ErrorMessage = "SignIn:SubjectClaim is blank: name the claim that holds the subject, usually 'sub'.")]
    public string SubjectClaim { get; set; } = "sub";

    /// <summary>Tenant of everybody who signs in; none by default, then <see cref="TenantClaim"/> names it.</summary>
    public string? Tenant { get; set; }

    /// <summary>Claim with the tenant; <c>tenant</c> by default.</summary>
    [Required(ErrorMessage = "SignIn:TenantClaim is blank: name the claim that holds the tenant.")]
    public string TenantClaim { get; set; } = "tenant";

    /// <summary>Claim with the groups; <c>groups</c> by default. Dots lead into objects, unless a claim has the whole name.</summary>
    [Required(ErrorMessage = "SignIn:GroupsClaim is blank: name the claim that holds the groups.")]
    public string GroupsClaim { get; set; } = "groups";

    /// <summary>Claim with the roles; <c>roles</c> by default. Dots lead into objects, unless a claim has the whole name.</summary>
    [Required(ErrorMessage = "SignIn:RolesClaim is blank: name the claim that holds the roles.")]
    public string RolesClaim { get; set; } = "roles";

    /// <summary>
    /// Address that tells groups and roles of a person whose token only points to them, such as the issuer's UserInfo endpoint; none by default, then
    /// such a token is refused. It is asked with the person's token. It is <c>https</c>, except on loopback.
    /// </summary>
    public string? GroupsEndpoint { get; set; }

    /// <summary>Name under which the issuer knows the web page, a public or confidential client; none by default, then the page has no sign-in.</summary>
    public string? ClientId { get; set; }

    /// <summary>Secret of a confidential client; none by default. Only the gateway uses it.</summary>
    public string? ClientSecret { get; set; }

    /// <summary>Scopes that the page asks for, between spaces; <c>openid</c> by default. <c>offline_access</c> adds a refresh token at most issuers.</summary>
    [RegularExpression("^(.+ )?openid( .+)?$", ErrorMessage = "SignIn:Scope has no 'openid', without which the issuer does not say who signed in.")]
    public string Scope { get; set; } = "openid";

    /// <summary>Claim with the region; none by default. A token without the named claim is refused.</summary>
    public string? RegionClaim { get; set; }

    /// <summary>Value of the roles claim that means the role <c>admin</c>; <c>admin</c> by default.</summary>
    public string AdminRole { get; set; } = "admin";

    /// <summary>Value of the roles claim that means the role <c>auditor</c>; <c>auditor</c> by default.</summary>
    public string AuditorRole { get; set; } = "auditor";

    /// <summary>Value of the roles claim without which nobody gets in; none by default, so that everybody of the issuer is a member.</summary>
    public string? MemberRole { get; set; }

    /// <summary>Difference between the issuer's clock and this one, 00:00:00 to 00:05:00; 30 seconds by default.</summary>
    [Range(typeof(TimeSpan), "00:00:00", "00:05:00", ErrorMessage = "SignIn:ClockSkew lies between 00:00:00 and 00:05:00.")]
    public TimeSpan ClockSkew { get; set; } = TimeSpan.FromSeconds(30);

    /// <summary>Longest time since a token was issued, 00:01:00 to 1.00:00:00; 2 hours by default. Groups and roles are never older.</summary>
    [Range(typeof(TimeSpan), "00:01:00", "1.00:00:00", ErrorMessage = "SignIn:MaxTokenAge lies between 00:01:00 and 1.00:00:00.")]
    public TimeSpan MaxTokenAge { get; set; } = TimeSpan.FromHours(2);

    public bool IsConfigured => !string.IsNullOrWhiteSpace(Authority);
}

/// <summary>Validates that authority and audience are given together, and that the authority's answers cannot be forged on the way.</summary>
internal sealed class SignInOptionsValidator : IValidateOptions<SignInOptions>
{
    public ValidateOptionsResult Validate(string? name, SignInOptions options)
    {
        if (!options.IsConfigured)
            return ValidateOptionsResult.Success;
        if (!IsSafe(options.Authority))
            return ValidateOptionsResult.Fail("SignIn:Authority is the https address of the issuer; http is accepted on loopback only.");
        if (!string.IsNullOrWhiteSpace(options.GroupsEndpoint) && !IsSafe(options.GroupsEndpoint))
            return ValidateOptionsResult.Fail("SignIn:GroupsEndpoint is an https address; http is accepted on loopback only.");
        return string.IsNullOrWhiteSpace(options.Audience)
            ? ValidateOptionsResult.Fail("SignIn:Audience is missing: without it a token for any other application of the issuer would be accepted.")
            : ValidateOptionsResult.Success;
    }

    /// <summary>True for an address whose answers nobody can forge on the way.</summary>
    internal static bool IsSafe(string? address) =>
        Uri.TryCreate(address, UriKind.Absolute, out var uri) && (uri.Scheme == Uri.UriSchemeHttps || (uri.Scheme == Uri.UriSchemeHttp && uri.IsLoopback));
}
