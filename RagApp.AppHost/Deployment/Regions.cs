namespace RagApp.AppHost.Deployment;

/// <summary>Values for a cluster in each region; a tenant bound to a region is served by that region's cluster alone.</summary>
internal static class Regions
{
    public static IReadOnlyDictionary<string, string> Files { get; } = new Dictionary<string, string>(StringComparer.Ordinal)
    {
        ["values.eu.yaml"] = ValuesOf("eu", "eu-central-1"),
        ["values.us.yaml"] = ValuesOf("us", "us-east-1"),
    };

    private static string ValuesOf(string region, string location) => $"""
        # A cluster in the region {region}: its own host name, and its own bucket in that region.
        cluster:
          name: ragapp-{region}
          region: {region}
        exposure:
          host: {region}.ragapp.example.com
        parameters:
          s3Endpoint: https://s3.{location}.amazonaws.com
          s3Region: {location}
          s3Bucket: ragapp-documents-{region}
          backupEndpoint: https://s3.{location}.amazonaws.com
          backupRegion: {location}
          backupBucket: ragapp-backups-{region}
        workloads:
          apiGateway:
            settings:
              # Tenants that are bound to a region have no text sent to a model elsewhere.
              Chat__Region: {region}
          queryRouter:
            settings:
              Chat__Region: {region}

        """;
}
