using System.Text.Json;
using System.Text.Json.Serialization;

namespace RagApp.Storage.Qdrant.Client;

/// <summary>The few answers of the REST port that are read, generated at compile time: snake_case.</summary>
[JsonSerializable(typeof(QdrantRefusal), TypeInfoPropertyName = "Refusal")]
[JsonSerializable(typeof(QdrantAnswer<QdrantClusterState>), TypeInfoPropertyName = "Cluster")]
internal sealed partial class QdrantRestJson : JsonSerializerContext
{
    public static QdrantRestJson Wire { get; } = new(new JsonSerializerOptions { PropertyNamingPolicy = JsonNamingPolicy.SnakeCaseLower });
}

/// <summary>The body of an answer that succeeded.</summary>
internal sealed record QdrantAnswer<T>(T? Result);

/// <summary>The body of an answer that refuses.</summary>
internal sealed record QdrantRefusal(QdrantRefusalStatus? Status);

internal sealed record QdrantRefusalStatus(string? Error);

/// <summary>A node's own view of the cluster.</summary>
/// <param name="Status"><c>disabled</c> on a single node, <c>enabled</c> in a cluster.</param>
internal sealed record QdrantClusterState(string Status)
{
    /// <summary>The nodes by id; null on a single node.</summary>
    public IReadOnlyDictionary<string, QdrantPeer>? Peers { get; init; }

    public QdrantRaft? RaftInfo { get; init; }

    /// <summary>Nodes in the cluster, 1 on a single node.</summary>
    public int Size => Math.Max(1, Peers?.Count ?? 1);

    /// <summary>Whether the node has lost the others: it then has no leader.</summary>
    public bool IsCutOff => RaftInfo is { Leader: null or 0 } or { Role: "Candidate" or "PreCandidate" };
}

internal sealed record QdrantPeer(string Uri);

internal sealed record QdrantRaft
{
    public ulong? Leader { get; init; }
    public string? Role { get; init; }
}
