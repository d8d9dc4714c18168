using System.Collections.Frozen;
using RagApp.Contracts.Identity;

namespace RagApp.Storage.Access;

/// <summary>
/// The permission filter of a principal: allows the documents of one tenant whose access list names the principal. It can
/// only be made from a principal, every read of the index or the store takes one, and no filter is empty or spans tenants.
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

    /// <summary>The access entries of the principal, each of which opens a document whose list has it; never empty.</summary>
    public IReadOnlyCollection<string> Entries => _entries;

    /// <exception cref="ArgumentException">The principal has no tenant or no subject.</exception>
    public static AccessFilter For(Principal principal)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(principal.Tenant);
        ArgumentException.ThrowIfNullOrWhiteSpace(principal.Subject);
        return new AccessFilter(principal.Tenant, principal.AccessEntries);
    }

    /// <summary>True when the principal may read a document of this tenant with this access list.</summary>
    public bool Allows(string tenant, IEnumerable<string> access) =>
        string.Equals(tenant, Tenant, StringComparison.Ordinal) && access.Any(_entries.Contains);
}
