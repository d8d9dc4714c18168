using Microsoft.Extensions.Options;
using RagApp.Contracts.Confidential;
using RagApp.Dlp;

namespace RagApp.Gateway.Redacting;

/// <summary>
/// Actions on confidential data in answers by kind, section <c>Redaction</c>: for every tenant (<c>Redaction:Default:PaymentCard</c>) and for single tenants
/// (<c>Redaction:Tenants:acme:Email</c>). A kind that is not set has the action in <see cref="BuiltIn"/>.
/// </summary>
internal sealed class RedactionOptions
{
    public const string Section = "Redaction";

    internal const int ShortestHashKey = 32;

    /// <summary>
    /// The default actions. What gives access or pays for something is masked. Bank accounts, addresses and phone numbers are what colleagues ask for, and the
    /// person who asks may read the document that has them.
    /// </summary>
    internal static readonly IReadOnlyDictionary<string, RedactionAction> BuiltIn = new Dictionary<string, RedactionAction>(StringComparer.Ordinal)
    {
        ["payment-card"] = RedactionAction.Mask,
        ["us-ssn"] = RedactionAction.Mask,
        ["private-key"] = RedactionAction.Mask,
        ["api-token"] = RedactionAction.Mask,
        ["jwt"] = RedactionAction.Mask,
        ["iban"] = RedactionAction.Allow,
        ["email"] = RedactionAction.Allow,
        ["phone"] = RedactionAction.Allow,
    };

    /// <summary>Action by kind, for tenants that do not set their own.</summary>
    public Dictionary<string, string> Default { get; init; } = [];

    /// <summary>Action by kind, by tenant.</summary>
    public Dictionary<string, Dictionary<string, string>> Tenants { get; init; } = [];

    /// <summary>True to hide the same data in search results and in the text of documents as the page shows it; true by default.</summary>
    public bool Passages { get; set; } = true;

    /// <summary>Secret key of the hashes, at least 32 characters; the key between services (<c>Identity:SigningKey</c>) by default.</summary>
    public string HashKey { get; set; } = "";
}

internal sealed class RedactionOptionsValidator : IValidateOptions<RedactionOptions>
{
    public ValidateOptionsResult Validate(string? name, RedactionOptions options)
    {
        var problems = Problems(nameof(RedactionOptions.Default), options.Default)
            .Concat(options.Tenants.SelectMany(tenant => Problems($"{nameof(RedactionOptions.Tenants)}:{tenant.Key}", tenant.Value)))
            .ToList();
        if (options.HashKey.Length is > 0 and < RedactionOptions.ShortestHashKey)
            problems.Add($"Redaction:HashKey needs at least {RedactionOptions.ShortestHashKey} characters.");
        return problems.Count == 0 ? ValidateOptionsResult.Success : ValidateOptionsResult.Fail(problems);
    }

    private static IEnumerable<string> Problems(string section, Dictionary<string, string> actions)
    {
        foreach (var (key, value) in actions)
        {
            if (DetectorKeys.Find(RedactionOptions.BuiltIn.Keys, key) is null)
                yield return $"{RedactionOptions.Section}:{section}:{key} names no kind of data; there are {string.Join(", ", RedactionOptions.BuiltIn.Keys.Select(DetectorKeys.Of))}.";
            else if (RedactionPolicies.FindAction(value) is null)
                yield return $"{RedactionOptions.Section}:{section}:{key} is '{value}'; it is one of {string.Join(", ", RedactionPolicies.Actions)}.";
        }
    }
}
