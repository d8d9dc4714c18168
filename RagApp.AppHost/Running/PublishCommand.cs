using RagApp.Kubernetes;

namespace RagApp.AppHost.Running;

/// <summary>
/// <c>publish --output DIR</c>, which writes the Helm chart: the words of the aspire CLI, in the form that an AppHost takes them from it.
/// </summary>
internal static class PublishCommand
{
    private const string Verb = "publish";

    /// <summary>The arguments for Aspire; other arguments stay as they are.</summary>
    /// <exception cref="DistributedApplicationException">The folder is missing.</exception>
    public static string[] Translate(string[] args)
    {
        if (args is not [Verb, .. var rest])
            return args;
        if (rest is not ["--output" or "-o", { Length: > 0 } folder, .. var more])
            throw new DistributedApplicationException("publish needs the folder of the chart: publish --output DIR");
        return ["--operation", "publish", "--step", KubernetesEnvironmentExtensions.PublishStep, "--output-path", Path.GetFullPath(folder), .. more];
    }
}
