namespace RagApp.Storage.Encryption;

/// <summary>
/// Encrypts the keys of tenants with the current master key: a new one in the <see cref="KeyFile"/>, or the configured one. Documents stay as
/// they are. Until the end every earlier master key stays usable, so that an interrupted rotation can be repeated.
/// </summary>
public sealed class MasterKeyRotation
{
    private readonly TenantKeys _keys;
    private readonly MasterKeys _masters;

    internal MasterKeyRotation(TenantKeys keys, MasterKeys masters) => (_keys, _masters) = (keys, masters);

    /// <summary>True when there is a master key, or when a file is to have one.</summary>
    public bool HasMasterKey => _masters.Current() is not null;

    /// <returns>Number of keys that were encrypted again.</returns>
    /// <exception cref="KeyUnavailableException">The master key of a tenant's key is not here; no master key was removed.</exception>
    public async Task<int> RunAsync(IReadOnlyCollection<string> tenants, CancellationToken cancellationToken)
    {
        _masters.File?.Renew();
        var count = 0;
        foreach (var tenant in tenants)
            count += await _keys.RewrapAsync(tenant, cancellationToken) ? 1 : 0;
        _masters.File?.KeepNewest();
        return count;
    }
}
