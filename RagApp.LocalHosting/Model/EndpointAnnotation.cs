namespace Aspire.Hosting.ApplicationModel;

/// <summary>An endpoint of a resource, and its ports once they are allocated.</summary>
internal sealed class EndpointAnnotation(string name, string scheme)
{
    public string Name => name;

    public string Scheme => scheme;

    public bool IsHttp => scheme is "http" or "https";

    public string Transport { get; init; } = scheme is "http" or "https" ? "http" : "tcp";

    /// <summary>The port others use; null means any free one.</summary>
    public int? Port { get; init; }

    /// <summary>The port the process listens on; null means any free one.</summary>
    public int? TargetPort { get; init; }

    /// <summary>The environment variable that tells the process its port, for endpoints that <c>ASPNETCORE_URLS</c> does not carry.</summary>
    public string? TargetPortVariable { get; init; }

    public bool IsExternal { get; set; }

    public int AllocatedPort { get; set; }

    /// <summary>The port each replica listens on.</summary>
    public int[] TargetPorts { get; set; } = [];
}
