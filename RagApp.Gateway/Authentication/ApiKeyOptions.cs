using System.ComponentModel.DataAnnotations;
using Microsoft.Extensions.Options;

namespace RagApp.Gateway.Authentication;

/// <summary>Options of API keys, section <c>ApiKeys</c>. A key is listed by its hash; the key itself is never stored.</summary>
internal sealed class ApiKeyOptions
{
    public const string Section = "ApiKeys";

    /// <summary>The keys; empty by default, so that nobody can call.</summary>
    [ValidateEnumeratedItems]
    public List<ApiKeyEntry> Keys { get; } = [];
}

/// <summary>An API key and the person it identifies.</summary>
internal sealed class ApiKeyEntry
{
    /// <summary>SHA-256 of the key in UTF-8, 64 hex digits.</summary>
    [RegularExpression("^[0-9a-fA-F]{64}$", ErrorMessage = "ApiKeys:N:Hash is the SHA-256 of the key as 64 hex digits.")]
    [Required(ErrorMessage = "ApiKeys:N:Hash is missing: the SHA-256 of the key as 64 hex digits.")]
    public string Hash { get; set; } = "";

    /// <summary>Organisation whose data the key gives access to.</summary>
    [Required(ErrorMessage = "ApiKeys:N:Tenant is missing.")]
    public string Tenant { get; set; } = "";

    /// <summary>Person or program that uses the key.</summary>
    [Required(ErrorMessage = "ApiKeys:N:Subject is missing.")]
    public string Subject { get; set; } = "";

    /// <summary>Groups of the subject in the tenant; none by default.</summary>
    public List<string> Groups { get; } = [];

    /// <summary>Roles that allow operations; none by default.</summary>
    public List<string> Roles { get; } = [];

    /// <summary>Region that the tenant's text must stay in, for example <c>eu</c>; any region by default.</summary>
    public string? Region { get; set; }
}
