using Microsoft.Extensions.Configuration;
using RagApp.AppHost.Deployment;
using RagApp.Kubernetes;

namespace RagApp.AppHost;

/// <summary>
/// The place of backups. A deployment takes a bucket as parameters: one that the documents' credentials do not reach. In a run,
/// <c>Backup:Folder</c>, <c>Backup:Key</c> and the other settings of the section are passed on to the ingestion service.
/// </summary>
internal static class BackupBucket
{
    /// <summary>Value of the chart that turns backups off when it is empty.</summary>
    public const string EnabledBy = "parameters.backupBucket";

    private const string Section = "Backup";

    public static IResourceBuilder<ProjectResource> WithBackups(this IResourceBuilder<ProjectResource> ingestion)
    {
        var builder = ingestion.ApplicationBuilder;
        if (builder.ExecutionContext.IsRunMode)
        {
            foreach (var (key, value) in builder.Configuration.GetSection(Section).AsEnumerable().Where(setting => !string.IsNullOrEmpty(setting.Value)))
                ingestion.WithEnvironment(key.Replace(":", "__", StringComparison.Ordinal), value);
            return ingestion;
        }
        return ingestion
            .WithEnvironment("Backup__S3__Endpoint", Value("backup-endpoint", "https://s3.eu-central-1.amazonaws.com", "Address of the object store with the backups; empty, with backupBucket, for no backups."))
            .WithEnvironment("Backup__S3__Bucket", Value("backup-bucket", "ragapp-backups", "Bucket of the backups; it must exist. Empty, with backupEndpoint, for no backups."))
            .WithEnvironment("Backup__S3__Region", Value("backup-region", "eu-central-1", "Region that requests to this bucket are signed for."))
            .WithEnvironment("Backup__S3__AccessKey", Secret("backup-access-key", "access-key"))
            .WithEnvironment("Backup__S3__SecretKey", Secret("backup-secret-key", "secret-key"))
            .WithScheduledTasks(BackupTasks.All);

        IResourceBuilder<ParameterResource> Value(string name, string @default, string description) =>
            builder.AddParameter(name, () => @default, publishValueAsDefault: true).WithHidden().PublishAsValue(@default, description);

        IResourceBuilder<ParameterResource> Secret(string name, string key) =>
            builder.AddParameter(name, () => "", secret: true).WithHidden().PublishAsSecret(BackupTasks.Secret, key, isOptional: true);
    }
}
