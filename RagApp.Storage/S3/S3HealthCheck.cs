using Microsoft.Extensions.Diagnostics.HealthChecks;

namespace RagApp.Storage.S3;

/// <summary>Unhealthy while the bucket cannot be used, which takes the service out of traffic.</summary>
internal sealed class S3HealthCheck(BucketCheck bucket) : IHealthCheck
{
    public async Task<HealthCheckResult> CheckHealthAsync(HealthCheckContext context, CancellationToken cancellationToken = default)
    {
        try
        {
            await bucket.RequireAsync(cancellationToken);
            return HealthCheckResult.Healthy();
        }
        catch (S3Exception exception)
        {
            return HealthCheckResult.Unhealthy(exception.Message);
        }
    }
}
