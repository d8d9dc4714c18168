using System.Collections.Frozen;
using Microsoft.Extensions.Options;
using RagApp.Contracts.Documents;

namespace RagApp.Ingestion.Dlp;

/// <summary>The DLP policy of each tenant: the action for each detector.</summary>
internal sealed class DlpPolicies(IOptions<DlpOptions> options)
{
    private readonly FrozenDictionary<string, DlpAction> _default = Merge(DlpOptions.BuiltIn, options.Value.Default);

    private readonly FrozenDictionary<string, FrozenDictionary<string, DlpAction>> _tenants = options.Value.Tenants.ToFrozenDictionary(
        tenant => tenant.Key,
        tenant => Merge(Merge(DlpOptions.BuiltIn, options.Value.Default), tenant.Value),
        StringComparer.Ordinal);

    /// <summary>The tenant's action for every detector, by detector name.</summary>
    public IReadOnlyDictionary<string, DlpAction> Of(string tenant) => _tenants.GetValueOrDefault(tenant, _default);

    private static FrozenDictionary<string, DlpAction> Merge(IReadOnlyDictionary<string, DlpAction> policy, Dictionary<string, string> changes)
    {
        var merged = policy.ToDictionary(StringComparer.Ordinal);
        foreach (var (key, action) in changes)
            merged[DlpSettings.FindDetector(key)!] = DlpSettings.FindAction(action)!.Value;
        return merged.ToFrozenDictionary(StringComparer.Ordinal);
    }
}
