using Google.Protobuf;
using Qdrant.Client.Grpc;

namespace RagApp.Tests.TestServices.Qdrant;

/// <summary>A call that a stand-in received.</summary>
/// <param name="Method">Name of a gRPC method, such as <c>Points/Upsert</c>, or REST method and path, such as <c>GET /cluster</c>.</param>
/// <param name="Message">Message of the request; null for REST.</param>
internal sealed record QdrantCall(string Method, IMessage? Message)
{
    /// <summary>Collection or alias that the call names; empty when it names none.</summary>
    public string Collection => Field("collection_name") as string ?? "";

    /// <summary>
    /// Read consistency of the call: the number of replicas that a read asks, in Qdrant's terms; null when the call does not
    /// set it.
    /// </summary>
    public ReadConsistencyType? Consistency => (Field("read_consistency") as ReadConsistency)?.Type;

    /// <summary>Write ordering across replicas; null when the call does not set it.</summary>
    public WriteOrderingType? Ordering => (Field("ordering") as WriteOrdering)?.Type;

    /// <summary>True when the call fetches, counts, scrolls or searches points.</summary>
    public bool IsRead => Method is "Points/Get" or "Points/Scroll" or "Points/Count" or "Points/Query" or "Points/QueryBatch" or "Points/Facet";

    private object? Field(string name) => Message?.Descriptor.FindFieldByName(name)?.Accessor.GetValue(Message);
}
