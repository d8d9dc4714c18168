using System.Text.Json;
using System.Text.Json.Serialization;

namespace RagApp.Storage.Qdrant.Client;

/// <summary>JSON serialization of the REST answers that are read, in snake_case.</summary>
[JsonSerializable(typeof(QdrantRefusal), TypeInfoPropertyName = "Refusal")]
[JsonSerializable(typeof(QdrantAnswer<QdrantClusterState>), TypeInfoPropertyName = "Cluster")]
internal sealed partial class QdrantRestJson : JsonSerializerContext
{
    public static QdrantRestJson Wire { get; } = new(new JsonSerializerOptions { PropertyNamingPolicy = JsonNamingPolicy.SnakeCaseLower });
}

/// <summary>Body of a successful answer.</summary>
internal sealed record QdrantAnswer<T>(T? Result);

/// <summary>Body of a refusal.</summary>
internal sealed record QdrantRefusal(QdrantRefusalStatus? Status);

internal sealed record QdrantRefusalStatus(string? Error);

/// <summary>State of the cluster according to one node.</summary>
/// <param name="Status"><c>disabled</c> on a single node, <c>enabled</c> in a cluster.</param>
internal sealed record QdrantClusterState(string Status)
{
    /// <summary>The nodes by id; null on a single node.</summary>
    public IReadOnlyDictionary<string, QdrantPeer>? Peers { get; init; }

    /// <summary>Id of the node itself; null on a single node.</summary>
    public ulong? PeerId { get; init; }

    public QdrantRaft? RaftInfo { get; init; }

    /// <summary>Addresses of nodes that the node's latest message did not reach.</summary>
    public IReadOnlyDictionary<string, QdrantSendFailure>? MessageSendFailures { get; init; }

    /// <summary>Number of nodes in the cluster; 1 for a single node.</summary>
    public int Size => Math.Max(1, Peers?.Count ?? 1);

    /// <summary>True when the node has no leader, because it cannot reach a majority of the nodes.</summary>
    public bool IsCutOff => RaftInfo is { Leader: null or 0 } or { Role: "Candidate" or "PreCandidate" };
}

internal sealed record QdrantPeer(string Uri);

internal sealed record QdrantSendFailure(long Count);

internal sealed record QdrantRaft
{
    public ulong? Term { get; init; }
    public ulong? Leader { get; init; }
    public string? Role { get; init; }
}
