namespace RagApp.Models.Pool;

/// <summary>A request that waits for a lease.</summary>
internal sealed class Waiter(LeaseRequest request)
{
    private readonly TaskCompletionSource<DeploymentLease> _granted = new(TaskCreationOptions.RunContinuationsAsynchronously);

    public LeaseRequest Request => request;

    public Task<DeploymentLease> Granted => _granted.Task;

    public void Grant(DeploymentLease lease) => _granted.SetResult(lease);
}
