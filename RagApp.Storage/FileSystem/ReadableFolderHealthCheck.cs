using Microsoft.Extensions.Diagnostics.HealthChecks;
using Microsoft.Extensions.Options;

namespace RagApp.Storage.FileSystem;

/// <summary>Checks that the data folder can be listed; a folder that does not exist yet is healthy.</summary>
internal sealed class ReadableFolderHealthCheck(IOptions<StorageOptions> options) : IHealthCheck
{
    public Task<HealthCheckResult> CheckHealthAsync(HealthCheckContext context, CancellationToken cancellationToken = default)
    {
        var folder = options.Value.DataPath;
        try
        {
            _ = Directory.EnumerateFileSystemEntries(folder).Any();
            return Task.FromResult(HealthCheckResult.Healthy());
        }
        catch (DirectoryNotFoundException)
        {
            return Task.FromResult(HealthCheckResult.Healthy($"The data folder '{folder}' does not exist yet: nothing has been written."));
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            return Task.FromResult(HealthCheckResult.Unhealthy($"The data folder '{folder}' cannot be read. {exception.Message}"));
        }
    }
}
