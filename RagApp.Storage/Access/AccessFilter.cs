using System.Collections.Frozen;
using RagApp.Contracts.Identity;

namespace RagApp.Storage.Access;

/// <summary>
/// What a principal may read: one tenant, and the documents whose access list names the principal. This is
/// the only way to build such a filter, every read of the index or the store takes one, and none can be
/// expressed that is empty or spans tenants.
/// </summary>
public sealed class AccessFilter
{
    private readonly FrozenSet<string> _entries;

    private AccessFilter(string tenant, IEnumerable<string> entries)
    {
        Tenant = tenant;
        _entries = entries.ToFrozenSet(StringComparer.Ordinal);
    }

    public string Tenant { get; }

    /// <summary>The entries that open a document; never empty.</summary>
    public IReadOnlyCollection<string> Entries => _entries;

    /// <exception cref="ArgumentException">The principal has no tenant or no subject.</exception>
    public static AccessFilter For(Principal principal)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(principal.Tenant);
        ArgumentException.ThrowIfNullOrWhiteSpace(principal.Subject);
        return new AccessFilter(principal.Tenant, principal.AccessEntries);
    }

    /// <summary>Whether a document of this tenant with that access list may be read.</summary>
    public bool Allows(string tenant, IEnumerable<string> access) =>
        string.Equals(tenant, Tenant, StringComparison.Ordinal) && access.Any(_entries.Contains);
}
