using RagApp.Kubernetes;

namespace RagApp.AppHost;

/// <summary>
/// The master key that encrypts documents and cached answers, <c>Encryption:Key</c>. A deployment takes it as a secret; in a run the services make
/// one in the data folder.
/// </summary>
internal static class EncryptionKey
{
    /// <summary>Secret of a deployment that has the key.</summary>
    public const string Secret = "encryption-secret";

    /// <summary>Adds the key as a parameter; null in a run.</summary>
    public static IResourceBuilder<ParameterResource>? AddTo(IDistributedApplicationBuilder builder) => builder.ExecutionContext.IsRunMode
        ? null
        : builder.AddParameter("encryption-key", () => "", secret: true).WithHidden().PublishAsSecret(Secret, "key");

    public static IResourceBuilder<ProjectResource> WithEncryption(this IResourceBuilder<ProjectResource> service, IResourceBuilder<ParameterResource>? key) =>
        key is null ? service : service.WithEnvironment("Encryption__Key", key);
}
