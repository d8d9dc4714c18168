using System.Text.Json;

namespace RagApp.Storage.Qdrant.Client;

/// <summary>One step of a batch, which the server applies in order.</summary>
internal sealed record QdrantOperation
{
    private QdrantOperation()
    {
    }

    public QdrantPoints? Upsert { get; private init; }
    public QdrantPayload? SetPayload { get; private init; }
    public QdrantSelected? Delete { get; private init; }

    public static QdrantOperation Write(IReadOnlyList<QdrantPoint> points) => new() { Upsert = new QdrantPoints(points) };

    public static QdrantOperation SetOn(QdrantFilter filter, JsonElement payload) => new() { SetPayload = new QdrantPayload(payload) { Filter = filter } };

    public static QdrantOperation SetOn(IReadOnlyList<Guid> points, JsonElement payload) => new() { SetPayload = new QdrantPayload(payload) { Points = points } };

    public static QdrantOperation Remove(QdrantFilter filter) => new() { Delete = new QdrantSelected { Filter = filter } };

    public static QdrantOperation Remove(IReadOnlyList<Guid> points) => new() { Delete = new QdrantSelected { Points = points } };
}

internal sealed record QdrantPoints(IReadOnlyList<QdrantPoint> Points);

/// <summary>Fields that take the place of those of the same name; the others stay.</summary>
internal sealed record QdrantPayload(JsonElement Payload)
{
    public QdrantFilter? Filter { get; init; }
    public IReadOnlyList<Guid>? Points { get; init; }
}

internal sealed record QdrantSelected
{
    public QdrantFilter? Filter { get; init; }
    public IReadOnlyList<Guid>? Points { get; init; }
}

internal sealed record QdrantBatch(IReadOnlyList<QdrantOperation> Operations);
