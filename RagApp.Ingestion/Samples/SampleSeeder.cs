using Microsoft.Extensions.Options;
using RagApp.Storage.Blobs;
using RagApp.Storage.Documents;
using RagApp.Storage.Documents.Manifests;

namespace RagApp.Ingestion.Samples;

/// <summary>
/// Uploads the sample documents into empty demo tenants, through the same intake as any upload. A marker records that
/// this was done, so that samples deleted by a person do not come back.
/// </summary>
internal sealed class SampleSeeder(
    SampleUpload upload, IManifestStore documents, IBlobStore blobs, IOptions<SamplesOptions> options, TimeProvider time, ILogger<SampleSeeder> logger)
    : BackgroundService
{
    private static readonly TimeSpan OutageWait = TimeSpan.FromSeconds(2);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        await Task.Yield();
        if (!options.Value.Enabled)
            return;
        foreach (var tenant in SampleDocument.All.GroupBy(sample => sample.Uploader.Tenant, StringComparer.Ordinal))
        {
            while (!await TrySeedAsync(tenant.Key, [.. tenant], stoppingToken))
                await Task.Delay(OutageWait, time, stoppingToken);
        }
    }

    private async Task<bool> TrySeedAsync(string tenant, IReadOnlyList<SampleDocument> samples, CancellationToken cancellationToken)
    {
        try
        {
            if (!await IsFreshAsync(tenant, cancellationToken))
                return true;
            foreach (var sample in samples)
                await upload.RunAsync(sample, cancellationToken);
            await blobs.PutAsync(MarkerKey(tenant), Stream.Null, BlobCondition.None, cancellationToken);
            logger.SamplesAdded(tenant, samples.Count);
            return true;
        }
        catch (Exception exception) when (exception is not OperationCanceledException)
        {
            logger.SamplesFailed(tenant, exception);
            return false;
        }
    }

    /// <summary>True when there is no marker and no document except samples of an interrupted first run.</summary>
    private async Task<bool> IsFreshAsync(string tenant, CancellationToken cancellationToken)
    {
        await using (var marker = await blobs.ReadAsync(MarkerKey(tenant), cancellationToken))
        {
            if (marker is not null)
                return false;
        }
        var samples = SampleDocument.All.Select(sample => DocumentIds.For(sample.Uploader.Tenant, sample.Path)).ToHashSet(StringComparer.Ordinal);
        await foreach (var stored in documents.ListAsync(tenant, afterId: null, cancellationToken))
        {
            if (!samples.Contains(stored.Manifest.Id))
                return false;
        }
        return true;
    }

    private static string MarkerKey(string tenant) => $"samples/{tenant}";
}
