using RagApp.Kubernetes;

namespace RagApp.AppHost;

/// <summary>
/// A bucket for the documents on an S3-compatible server: <c>Stores:Documents=s3</c>, with <c>Stores:S3:Endpoint</c>,
/// <c>Bucket</c>, <c>Region</c>, <c>AccessKey</c> and <c>SecretKey</c>. A deployment always has one, since its containers
/// share no folder, and takes these settings as parameters.
/// </summary>
internal sealed record DocumentBucket(
    IResourceBuilder<ParameterResource> Endpoint,
    IResourceBuilder<ParameterResource> Name,
    IResourceBuilder<ParameterResource> Region,
    IResourceBuilder<ParameterResource> AccessKey,
    IResourceBuilder<ParameterResource> SecretKey)
{
    private const string Folder = "folder";
    private const string S3 = "s3";

    /// <summary>Adds the bucket; null when the documents are in the data folder.</summary>
    /// <exception cref="DistributedApplicationException"><c>Stores:Documents</c> has an unknown value or one that is not for a deployment, or a run lacks a setting.</exception>
    public static DocumentBucket? AddTo(IDistributedApplicationBuilder builder)
    {
        var choice = builder.Configuration["Stores:Documents"] ?? (builder.ExecutionContext.IsPublishMode ? S3 : Folder);
        if (string.Equals(choice, Folder, StringComparison.OrdinalIgnoreCase))
        {
            return builder.ExecutionContext.IsRunMode
                ? null
                : throw new DistributedApplicationException("Stores:Documents=folder is for a run: the containers of a deployment share no folder. Leave it out, or use s3.");
        }
        if (!string.Equals(choice, S3, StringComparison.OrdinalIgnoreCase))
            throw new DistributedApplicationException($"Stores:Documents={choice} is not known: use folder or s3.");

        return new DocumentBucket(
            Required("s3-endpoint", "Endpoint").PublishAsValue("https://s3.eu-central-1.amazonaws.com", "Address of the object store with the documents."),
            Required("s3-bucket", "Bucket").PublishAsValue("ragapp-documents", "Bucket of the documents; it must exist."),
            builder.AddParameter("s3-region", () => (builder.ExecutionContext.IsRunMode ? builder.Configuration["Stores:S3:Region"] : null) ?? "us-east-1", publishValueAsDefault: true).WithHidden()
                .PublishAsValue("us-east-1", "Region that requests to the bucket are signed for."),
            Required("s3-access-key", "AccessKey", secret: true).PublishAsSecret("object-store-secret", "access-key"),
            Required("s3-secret-key", "SecretKey", secret: true).PublishAsSecret("object-store-secret", "secret-key"));

        IResourceBuilder<ParameterResource> Required(string name, string setting, bool secret = false)
        {
            var key = $"Stores:S3:{setting}";
            var value = builder.Configuration[key] ?? "";
            return value.Length > 0 || builder.ExecutionContext.IsPublishMode
                ? builder.AddParameter(name, () => value, secret: secret).WithHidden()
                : throw new DistributedApplicationException($"{key} is missing: Stores:Documents=s3 needs it; secrets are best set with 'dotnet user-secrets set {key} VALUE --project RagApp.AppHost'.");
        }
    }
}
