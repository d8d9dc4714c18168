using System.Collections.Frozen;
using System.Security.Cryptography;
using System.Text;
using Microsoft.Extensions.Options;
using RagApp.Contracts.Confidential;
using RagApp.Dlp;

namespace RagApp.Gateway.Redacting;

/// <summary>The redaction policy of each tenant.</summary>
internal sealed class RedactionPolicies(IOptions<RedactionOptions> options, IEnumerable<IDetector> detectors, Telemetry telemetry)
{
    private const int KeyBytes = 32;

    private readonly byte[] _secret = options.Value.HashKey.Length > 0 ? Encoding.UTF8.GetBytes(options.Value.HashKey) : RandomNumberGenerator.GetBytes(KeyBytes);
    private readonly FrozenDictionary<string, RedactionAction> _default = Merge(RedactionOptions.BuiltIn, options.Value.Default);

    private readonly FrozenDictionary<string, FrozenDictionary<string, RedactionAction>> _tenants = options.Value.Tenants.ToFrozenDictionary(
        tenant => tenant.Key,
        tenant => Merge(Merge(RedactionOptions.BuiltIn, options.Value.Default), tenant.Value),
        StringComparer.Ordinal);

    public static IEnumerable<string> Actions => Enum.GetNames<RedactionAction>().Select(name => name.ToLowerInvariant());

    /// <summary>True when search results and the text of documents are redacted too.</summary>
    public bool HidesInPassages => options.Value.Passages;

    public static RedactionAction? FindAction(string value) =>
        Actions.Contains(value, StringComparer.OrdinalIgnoreCase) ? Enum.Parse<RedactionAction>(value, ignoreCase: true) : null;

    /// <summary>Starts the redaction of one answer, search result or text for a tenant.</summary>
    public Redactor Start(string tenant)
    {
        var actions = _tenants.GetValueOrDefault(tenant, _default);
        return new Redactor(
            actions,
            [.. detectors.Where(detector => actions[detector.Name] != RedactionAction.Allow)],
            new Lazy<byte[]>(() => HKDF.DeriveKey(HashAlgorithmName.SHA256, _secret, KeyBytes, info: Encoding.UTF8.GetBytes($"ragapp redaction {tenant}"))),
            telemetry);
    }

    private static FrozenDictionary<string, RedactionAction> Merge(IReadOnlyDictionary<string, RedactionAction> policy, Dictionary<string, string> changes)
    {
        var merged = policy.ToDictionary(StringComparer.Ordinal);
        foreach (var (key, action) in changes)
            merged[DetectorKeys.Find(RedactionOptions.BuiltIn.Keys, key)!] = FindAction(action)!.Value;
        return merged.ToFrozenDictionary(StringComparer.Ordinal);
    }
}
