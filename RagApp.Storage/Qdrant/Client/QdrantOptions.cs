using System.ComponentModel.DataAnnotations;
using Microsoft.Extensions.Options;

namespace RagApp.Storage.Qdrant.Client;

/// <summary>
/// A Qdrant server or cluster for the chunk index, section <c>Storage:Qdrant</c>. <c>ConnectionStrings:qdrant_http</c>
/// says the same: <c>Endpoint=http://host:6333;Key=...</c>, or addresses alone, several joined by commas.
/// </summary>
public sealed class QdrantOptions
{
    public const string Section = "Storage:Qdrant";
    public const string ConnectionName = "qdrant_http";

    /// <summary>REST addresses of the nodes, <c>https://host:6333</c>, several joined by commas. No default.</summary>
    public string Endpoint { get; set; } = "";

    /// <summary>The key that may write; never logged. Empty, the default, where the server has none.</summary>
    public string Key { get; set; } = "";

    /// <summary>Begins the names of collections and aliases, so that several installations can share a cluster; small letters, digits and <c>_</c>, <c>ragapp</c> by default.</summary>
    [RegularExpression("[a-z0-9_]{1,40}", ErrorMessage = "Storage:Qdrant:Prefix has 1 to 40 small letters, digits and '_'.")]
    public string Prefix { get; set; } = "ragapp";

    /// <summary>Longest wait for one node's answer to a question, 1 to 60 s; 10 s by default (a cut-off node takes up to 8 s to refuse).</summary>
    [Range(typeof(TimeSpan), "00:00:01", "00:01:00", ErrorMessage = "Storage:Qdrant:ReadTimeout lies between 00:00:01 and 00:01:00.")]
    public TimeSpan ReadTimeout { get; set; } = TimeSpan.FromSeconds(10);

    /// <summary>Longest wait for one node's answer to a write, 11 s to 2 min; 15 s by default (with a frozen node it takes 9.5 s).</summary>
    [Range(typeof(TimeSpan), "00:00:11", "00:02:00", ErrorMessage = "Storage:Qdrant:WriteTimeout lies between 00:00:11 and 00:02:00.")]
    public TimeSpan WriteTimeout { get; set; } = TimeSpan.FromSeconds(15);

    /// <summary>How long a write is repeated until it succeeds, 15 s to 10 min; 1 min by default.</summary>
    [Range(typeof(TimeSpan), "00:00:15", "00:10:00", ErrorMessage = "Storage:Qdrant:WriteDeadline lies between 00:00:15 and 00:10:00.")]
    public TimeSpan WriteDeadline { get; set; } = TimeSpan.FromMinutes(1);

    /// <summary>Longest wait for a snapshot to be made, or to be taken in, 1 min to 1 day; 1 h by default.</summary>
    [Range(typeof(TimeSpan), "00:01:00", "1.00:00:00", ErrorMessage = "Storage:Qdrant:SnapshotTimeout lies between 00:01:00 and 1.00:00:00.")]
    public TimeSpan SnapshotTimeout { get; set; } = TimeSpan.FromHours(1);

    public bool IsConfigured => Endpoint.Length > 0;

    /// <summary>The nodes' addresses, in the order given.</summary>
    internal Uri[] Addresses =>
        [.. Endpoint.Split(',', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries).Select(address => new Uri(address))];
}

/// <summary>Looks at what annotations cannot say: that every address is one.</summary>
internal sealed class QdrantEndpointValidator : IValidateOptions<QdrantOptions>
{
    public ValidateOptionsResult Validate(string? name, QdrantOptions options)
    {
        var wrong = options.Endpoint.Split(',', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries)
            .FirstOrDefault(address => !IsAddress(address));
        return wrong is null
            ? ValidateOptionsResult.Success
            : ValidateOptionsResult.Fail(
                $"ConnectionStrings:{QdrantOptions.ConnectionName} has the address '{wrong}': give scheme, host and REST port only, such as https://qdrant:6333.");
    }

    private static bool IsAddress(string address) =>
        Uri.TryCreate(address, UriKind.Absolute, out var uri) && uri is { Scheme: "http" or "https", PathAndQuery: "/", UserInfo: "" };
}
