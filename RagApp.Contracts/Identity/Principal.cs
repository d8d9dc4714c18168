namespace RagApp.Contracts.Identity;

/// <summary>
/// Identity of the caller. The gateway makes it from a validated credential, services pass it on as a short-lived signed
/// token, and every permission filter is made from it alone.
/// </summary>
/// <param name="Tenant">Organisation of the caller; only its data can be read or changed.</param>
/// <param name="Subject">The person, or <c>service:NAME</c> for background work.</param>
/// <param name="Groups">Groups of the tenant that the person belongs to.</param>
/// <param name="Roles">Roles that allow operations, such as <c>admin</c>; they never widen what can be read.</param>
/// <param name="Region">Region that the tenant's text must stay in; null when the text may be processed anywhere.</param>
public sealed record Principal(
    string Tenant,
    string Subject,
    IReadOnlyList<string> Groups,
    IReadOnlyList<string> Roles,
    string? Region)
{
    /// <summary>Id of the API key of the request, never the key itself; null for background work. It decides which budget pays, and nothing else.</summary>
    public string? KeyId { get; init; }

    /// <summary>Access entries that this principal matches: <c>public</c>, its subject, and each of its groups.</summary>
    public IEnumerable<string> AccessEntries =>
        [AccessEntry.Public, AccessEntry.User(Subject), .. Groups.Select(AccessEntry.Group)];

    /// <summary>Creates the principal of a service that works in the background for one tenant.</summary>
    public static Principal ForService(string tenant, string service) =>
        new(tenant, $"service:{service}", [], [], Region: null);
}
