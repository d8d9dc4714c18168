using RagApp.Kubernetes;

namespace RagApp.AppHost;

/// <summary>
/// The key that signs the audit's hash chain. A deployment may have one of its own, in a Secret; a run has one when
/// <c>Audit:SigningKey</c> is set. Without it the services use the key between them.
/// </summary>
internal static class AuditKey
{
    private const string Setting = "Audit:SigningKey";

    /// <summary>Adds the parameter; null in a run without the setting.</summary>
    public static IResourceBuilder<ParameterResource>? AddTo(IDistributedApplicationBuilder builder)
    {
        var value = builder.ExecutionContext.IsRunMode ? builder.Configuration[Setting] ?? "" : "";
        return value.Length == 0 && builder.ExecutionContext.IsRunMode
            ? null
            : builder.AddParameter("audit-signing-key", () => value, secret: true).WithHidden().PublishAsSecret("audit-secret", "signing-key", isOptional: true);
    }

    public static IResourceBuilder<ProjectResource> WithAuditKey(this IResourceBuilder<ProjectResource> service, IResourceBuilder<ParameterResource>? key) =>
        key is null ? service : service.WithEnvironment("Audit__SigningKey", key);
}
