using Google.Protobuf;
using Qdrant.Client.Grpc;

namespace RagApp.Tests.TestServices.Qdrant;

/// <summary>One call that a stand-in received.</summary>
/// <param name="Method">Of gRPC, such as <c>Points/Upsert</c>; of REST with its path, such as <c>GET /cluster</c>.</param>
/// <param name="Message">The request's message; null for REST.</param>
internal sealed record QdrantCall(string Method, IMessage? Message)
{
    /// <summary>The collection or alias that is meant; empty where none is.</summary>
    public string Collection => Field("collection_name") as string ?? "";

    /// <summary>The number of copies that a read asks, as Qdrant names it; null when the call does not say.</summary>
    public ReadConsistencyType? Consistency => (Field("read_consistency") as ReadConsistency)?.Type;

    /// <summary>Whether a write keeps its order on every copy; null when it does not say.</summary>
    public WriteOrderingType? Ordering => (Field("ordering") as WriteOrdering)?.Type;

    /// <summary>Whether points are asked for, counted or walked through.</summary>
    public bool IsRead => Method is "Points/Get" or "Points/Scroll" or "Points/Count" or "Points/Query" or "Points/QueryBatch" or "Points/Facet";

    private object? Field(string name) => Message?.Descriptor.FindFieldByName(name)?.Accessor.GetValue(Message);
}
