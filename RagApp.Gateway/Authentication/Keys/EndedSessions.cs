using RagApp.Contracts.Identity;

namespace RagApp.Gateway.Authentication.Keys;

/// <summary>The sessions that administrators ended: tokens that were issued before the end are refused, on every replica within seconds.</summary>
internal sealed class EndedSessions(IServiceProvider services)
{
    /// <summary>Null where the gateway has no store, so that no session can be ended.</summary>
    private readonly TenantAccessStore? _store = services.GetService<TenantAccessStore>();

    public async Task<bool> HasEndedAsync(Principal person, DateTimeOffset issued, CancellationToken cancellationToken) =>
        _store is not null
        && (await _store.GetAsync(person.Tenant, cancellationToken)).EndedSessions.TryGetValue(person.Subject, out var end)
        && issued <= end;
}
