namespace Aspire.Hosting.ApplicationModel;

/// <summary>A container. The local host starts none: containers appear only in the manifest.</summary>
public class ContainerResource(string name)
    : Resource(name), IResourceWithEnvironment, IResourceWithEndpoints, IResourceWithWaitSupport
{
    internal string Image { get; set; } = "";

    internal string Tag { get; set; } = "";

    internal string? Entrypoint { get; set; }

    internal List<string> Args { get; } = [];

    internal List<VolumeMount> Volumes { get; } = [];
}
