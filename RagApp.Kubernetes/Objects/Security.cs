using k8s.Models;

namespace RagApp.Kubernetes.Objects;

/// <summary>Security context of a container: it may do nothing that Pod Security's profile <c>restricted</c> forbids, and no writing to its image.</summary>
internal static class Security
{
    public static V1PodSecurityContext OfPod(long user) => new()
    {
        RunAsNonRoot = true,
        RunAsUser = user,
        RunAsGroup = user,
        FsGroup = user,
        FsGroupChangePolicy = "OnRootMismatch",
        SeccompProfile = new() { Type = "RuntimeDefault" },
    };

    public static V1SecurityContext OfContainer() => new()
    {
        AllowPrivilegeEscalation = false,
        ReadOnlyRootFilesystem = true,
        Privileged = false,
        Capabilities = new() { Drop = ["ALL"] },
    };
}
