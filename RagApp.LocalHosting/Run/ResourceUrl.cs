namespace Aspire.Hosting.Run;

/// <summary>An address of a resource.</summary>
internal sealed record ResourceUrl(string EndpointName, string Url, bool IsExternal);
