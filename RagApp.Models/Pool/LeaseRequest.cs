namespace RagApp.Models.Pool;

/// <summary>A caller's request for a deployment and key.</summary>
/// <param name="Tokens">Tokens of the prompt and of the longest allowed answer, estimated.</param>
/// <param name="Excluded">Upstreams that the same call was tried on.</param>
/// <param name="Suits">Deployments that the call can use; null for all.</param>
internal sealed record LeaseRequest(ModelCaller Caller, double Tokens, IReadOnlyCollection<Upstream> Excluded, Func<Deployment, bool>? Suits)
{
    /// <summary>True when the call can use the upstream, and the caller's text may be sent there.</summary>
    public bool MayUse(Upstream upstream) =>
        upstream.Deployment.Serves(Caller.Region) && (Suits is null || Suits(upstream.Deployment));

    /// <summary>True when the call may use the upstream and was not tried on it.</summary>
    public bool Allows(Upstream upstream) => MayUse(upstream) && !Excluded.Contains(upstream);
}
