using System.ComponentModel.DataAnnotations;
using Microsoft.Extensions.Options;

namespace RagApp.Storage.Qdrant.Client;

/// <summary>
/// A Qdrant server or cluster for the chunk index, section <c>Storage:Qdrant</c>. For a single node,
/// <c>ConnectionStrings:qdrant</c> is enough: <c>Endpoint=http://host:6334;Key=...</c> (see <see cref="QdrantServerExtensions"/>).
/// </summary>
public sealed class QdrantOptions
{
    public const string Section = "Storage:Qdrant";
    public const string ConnectionName = "qdrant";
    public const string HttpConnectionName = "qdrant_http";

    /// <summary>
    /// gRPC addresses of the cluster's nodes, <c>https://host:6334</c>, separated by commas; the one of
    /// <c>ConnectionStrings:qdrant</c> by default.
    /// </summary>
    public string Nodes { get; set; } = "";

    /// <summary>
    /// REST addresses of the nodes in the same order, for snapshots and the size of the cluster; by default those of
    /// <see cref="Nodes"/> with the next lower port (6333 for 6334), or the one of <c>ConnectionStrings:qdrant_http</c>.
    /// </summary>
    public string HttpNodes { get; set; } = "";

    /// <summary>
    /// API key with write permission, never logged; the one of <c>ConnectionStrings:qdrant</c> by default, empty for a server
    /// without keys.
    /// </summary>
    public string Key { get; set; } = "";

    /// <summary>
    /// Prefix of collections and aliases, so that installations can share a cluster; 1 to 40 small letters, digits and
    /// <c>_</c>, <c>ragapp</c> by default.
    /// </summary>
    [RegularExpression("[a-z0-9_]{1,40}", ErrorMessage = "Storage:Qdrant:Prefix has 1 to 40 small letters, digits and '_'.")]
    public string Prefix { get; set; } = "ragapp";

    /// <summary>
    /// Time limit of a search, a count or a correction as a whole, and of one read from any number of nodes; 1 to 60 s, 3 s by
    /// default.
    /// </summary>
    [Range(typeof(TimeSpan), "00:00:01", "00:01:00", ErrorMessage = "Storage:Qdrant:ReadTimeout lies between 00:00:01 and 00:01:00.")]
    public TimeSpan ReadTimeout { get; set; } = TimeSpan.FromSeconds(3);

    /// <summary>
    /// Longest wait for one node's answer to a write, 11 s to 2 min; 12 s by default (a write takes 9.5 s while another node is
    /// frozen).
    /// </summary>
    [Range(typeof(TimeSpan), "00:00:11", "00:02:00", ErrorMessage = "Storage:Qdrant:WriteTimeout lies between 00:00:11 and 00:02:00.")]
    public TimeSpan WriteTimeout { get; set; } = TimeSpan.FromSeconds(12);

    /// <summary>Time for which a failed write is retried, 15 s to 10 min; 1 min by default.</summary>
    [Range(typeof(TimeSpan), "00:00:15", "00:10:00", ErrorMessage = "Storage:Qdrant:WriteDeadline lies between 00:00:15 and 00:10:00.")]
    public TimeSpan WriteDeadline { get; set; } = TimeSpan.FromMinutes(1);

    /// <summary>Longest time to create, download or restore one node's snapshot of a collection, 1 min to 1 day; 1 h by default.</summary>
    [Range(typeof(TimeSpan), "00:01:00", "1.00:00:00", ErrorMessage = "Storage:Qdrant:SnapshotTimeout lies between 00:01:00 and 1.00:00:00.")]
    public TimeSpan SnapshotTimeout { get; set; } = TimeSpan.FromHours(1);

    public bool IsConfigured => Nodes.Length > 0;

    /// <summary>Alias of the collection with the record of each tenant's current generation.</summary>
    internal string RecordsAlias => $"{Prefix}_generations";

    /// <summary>gRPC and REST address of each node, in the configured order.</summary>
    internal IReadOnlyList<(Uri Grpc, Uri Http)> Addresses
    {
        get
        {
            Uri[] grpc = [.. Split(Nodes).Select(address => new Uri(address))];
            Uri[] http = [.. Split(HttpNodes).Select(address => new Uri(address))];
            return [.. grpc.Select((address, node) => (address, http.Length == 0 ? new UriBuilder(address) { Port = address.Port - 1 }.Uri : http[node]))];
        }
    }

    internal static string[] Split(string addresses) => addresses.Split(',', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);
}

/// <summary>Validates that every address is a valid one, and that there is a REST address for each gRPC address.</summary>
internal sealed class QdrantAddressValidator : IValidateOptions<QdrantOptions>
{
    public ValidateOptionsResult Validate(string? name, QdrantOptions options)
    {
        string[] nodes = QdrantOptions.Split(options.Nodes), http = QdrantOptions.Split(options.HttpNodes);
        if (FindWrong(nodes, $"Storage:Qdrant:Nodes or ConnectionStrings:{QdrantOptions.ConnectionName}", "https://qdrant:6334") is { } wrong)
            return wrong;
        if (FindWrong(http, $"Storage:Qdrant:HttpNodes or ConnectionStrings:{QdrantOptions.HttpConnectionName}", "https://qdrant:6333") is { } wrongHttp)
            return wrongHttp;
        return http.Length == 0 || http.Length == nodes.Length
            ? ValidateOptionsResult.Success
            : ValidateOptionsResult.Fail(
                $"Storage:Qdrant:HttpNodes names {http.Length} nodes and Storage:Qdrant:Nodes {nodes.Length}: give the REST address of each node, in the same order.");
    }

    /// <summary>Names the position of a wrong address but not the address, which may contain a key or a password.</summary>
    private static ValidateOptionsResult? FindWrong(string[] addresses, string setting, string example)
    {
        var position = Array.FindIndex(addresses, address => !IsAddress(address));
        return position < 0 ? null : ValidateOptionsResult.Fail(
            $"{setting}: address {position + 1} of {addresses.Length} is wrong. Give scheme, host and port only, such as {example}.");
    }

    private static bool IsAddress(string address) =>
        Uri.TryCreate(address, UriKind.Absolute, out var uri) && uri is { Scheme: "http" or "https", PathAndQuery: "/", UserInfo: "", Port: > 1 };
}
