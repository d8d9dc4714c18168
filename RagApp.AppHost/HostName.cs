namespace RagApp.AppHost;

/// <summary>Says which host this build runs on.</summary>
internal static class HostName
{
    public static string Line()
    {
        var host = typeof(DistributedApplication).Assembly.GetName();
        return host.Name == "Aspire.Hosting"
            ? $"Host: Aspire {host.Version?.ToString(3)}"
            : "Host: RagApp.LocalHosting, because the Aspire packages were not restored here (-p:AspireHosting=packages insists on them)";
    }
}
