namespace RagApp.Contracts.Identity;

/// <summary>
/// Who is asking. Made at the gateway from a validated credential, carried between services as a
/// short-lived signed token, and the only source of every permission filter.
/// </summary>
/// <param name="Tenant">The organisation whose data may be touched at all.</param>
/// <param name="Subject">The person, or <c>service:NAME</c> for background work.</param>
/// <param name="Groups">Groups of the tenant that the person belongs to.</param>
/// <param name="Roles">Roles that allow operations, such as <c>admin</c>; they never widen what can be read.</param>
/// <param name="Region">Where the tenant's text must stay, or null when it may be processed anywhere.</param>
public sealed record Principal(
    string Tenant,
    string Subject,
    IReadOnlyList<string> Groups,
    IReadOnlyList<string> Roles,
    string? Region)
{
    /// <summary>The access entries this principal matches: <c>public</c>, itself, and each of its groups.</summary>
    public IEnumerable<string> AccessEntries =>
        [AccessEntry.Public, AccessEntry.User(Subject), .. Groups.Select(AccessEntry.Group)];

    /// <summary>A service that works in the background on behalf of one tenant.</summary>
    public static Principal ForService(string tenant, string service) =>
        new(tenant, $"service:{service}", [], [], Region: null);
}
