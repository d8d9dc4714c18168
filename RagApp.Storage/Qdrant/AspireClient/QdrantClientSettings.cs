using System.Data.Common;

namespace Aspire.Qdrant.Client;

/// <summary>Address and key of a Qdrant server.</summary>
public sealed class QdrantClientSettings
{
    /// <summary>Address of the gRPC port.</summary>
    public Uri? Endpoint { get; set; }

    public string? Key { get; set; }

    public bool DisableHealthChecks { get; set; }

    /// <summary>Time limit of the health check in milliseconds; null for none.</summary>
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
