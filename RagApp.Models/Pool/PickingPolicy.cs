namespace RagApp.Models.Pool;

/// <summary>
/// Chooses among the upstreams that have room: the lowest tier, then the least used limit, then the fewest running calls for the
/// weight. Among equals a tenant keeps its upstream, whose prompt cache knows its prompts, and weights decide how many tenants
/// each upstream has (rendezvous hashing).
/// </summary>
internal static class PickingPolicy
{
    /// <returns>Null when no upstream of the request has room.</returns>
    public static Upstream? Pick(IReadOnlyList<Upstream> upstreams, LeaseRequest request, TimeSpan now)
    {
        Upstream? best = null;
        foreach (var upstream in upstreams)
        {
            if (request.Allows(upstream) && upstream.Admits(now) && upstream.HasRoom(request.Tokens, now)
                && (best is null || IsBetter(upstream, best, request.Caller.Tenant, now)))
                best = upstream;
        }
        return best;
    }

    private static bool IsBetter(Upstream one, Upstream other, string tenant, TimeSpan now)
    {
        if (one.Deployment.Tier != other.Deployment.Tier)
            return one.Deployment.Tier < other.Deployment.Tier;
        var (used, otherUsed) = (one.UsedSteps(now), other.UsedSteps(now));
        if (used != otherUsed)
            return used < otherUsed;
        var (load, otherLoad) = (one.Load, other.Load);
        return load < otherLoad || (load <= otherLoad && Distance(one, tenant) < Distance(other, tenant));
    }

    /// <summary>Rendezvous distance of tenant and upstream: exponentially distributed with the weight as its rate, so that the smallest one follows the weights.</summary>
    private static double Distance(Upstream upstream, string tenant) =>
        -Math.Log(StableHash.Fraction(tenant, upstream.Deployment.Name, upstream.Key.Fingerprint)) / upstream.Deployment.Weight;
}
