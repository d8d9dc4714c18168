namespace Aspire.Hosting.ApplicationModel;

/// <summary>A resource is healthy when a GET of <paramref name="Path"/> answers with <paramref name="StatusCode"/>.</summary>
internal sealed record HttpHealthCheck(string EndpointName, string Path, int StatusCode)
{
    public string Key(string resourceName) => $"{resourceName}_{EndpointName}_{Path}_{StatusCode}_check";
}
