using System.ComponentModel.DataAnnotations;
using Microsoft.Extensions.Options;

namespace RagApp.Gateway.Authentication;

/// <summary>Who may call, section <c>ApiKeys</c>: a list of keys by their hashes. The keys themselves are never stored.</summary>
internal sealed class ApiKeyOptions
{
    public const string Section = "ApiKeys";

    /// <summary>The keys; empty by default, which lets nobody in.</summary>
    [ValidateEnumeratedItems]
    public List<ApiKeyEntry> Keys { get; } = [];
}

/// <summary>One key and the person it stands for.</summary>
internal sealed class ApiKeyEntry
{
    /// <summary>SHA-256 of the key in UTF-8, 64 hex digits.</summary>
    [RegularExpression("^[0-9a-fA-F]{64}$", ErrorMessage = "ApiKeys:N:Hash is the SHA-256 of the key as 64 hex digits.")]
    [Required(ErrorMessage = "ApiKeys:N:Hash is missing: the SHA-256 of the key as 64 hex digits.")]
    public string Hash { get; set; } = "";

    /// <summary>The organisation whose data the key opens.</summary>
    [Required(ErrorMessage = "ApiKeys:N:Tenant is missing.")]
    public string Tenant { get; set; } = "";

    /// <summary>The person or program that calls with it.</summary>
    [Required(ErrorMessage = "ApiKeys:N:Subject is missing.")]
    public string Subject { get; set; } = "";

    /// <summary>Groups of the tenant that the subject belongs to; none by default.</summary>
    public List<string> Groups { get; } = [];

    /// <summary>Roles that allow operations; none by default.</summary>
    public List<string> Roles { get; } = [];

    /// <summary>Where the tenant's text must stay, for example <c>eu</c>; anywhere by default.</summary>
    public string? Region { get; set; }
}
