using System.Data.Common;

namespace Aspire.Qdrant.Client;

/// <summary>Where a Qdrant server is.</summary>
public sealed class QdrantClientSettings
{
    /// <summary>The gRPC address.</summary>
    public Uri? Endpoint { get; set; }

    public string? Key { get; set; }

    public bool DisableHealthChecks { get; set; }

    /// <summary>In milliseconds; null for no limit.</summary>
    public int? HealthCheckTimeout { get; set; }

    internal void ParseConnectionString(string text)
    {
        if (Uri.TryCreate(text, UriKind.Absolute, out var address))
        {
            Endpoint = address;
            return;
        }
        var parts = new DbConnectionStringBuilder { ConnectionString = text };
        if (parts.TryGetValue("Endpoint", out var endpoint) && Uri.TryCreate(endpoint.ToString(), UriKind.Absolute, out address))
            Endpoint = address;
        if (parts.TryGetValue("Key", out var key))
            Key = key.ToString();
    }
}
