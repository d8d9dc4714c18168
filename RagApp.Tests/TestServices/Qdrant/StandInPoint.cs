using System.Globalization;
using Google.Protobuf.Collections;
using Qdrant.Client.Grpc;

namespace RagApp.Tests.TestServices.Qdrant;

/// <summary>A point as the stand-in keeps it. It never changes: a write puts another in its place.</summary>
/// <param name="Version">Number of the operation that wrote it.</param>
internal sealed record StandInPoint(PointId Id, IReadOnlyDictionary<string, QueryVector> Vectors, MapField<string, Value> Payload, ulong Version)
{
    /// <summary>Points come in the order of this: numbers, then UUIDs.</summary>
    public string Key { get; } = KeyOf(Id);

    public static string KeyOf(PointId id) => id.PointIdOptionsCase switch
    {
        PointId.PointIdOptionsOneofCase.Num => id.Num.ToString("D20", CultureInfo.InvariantCulture),
        PointId.PointIdOptionsOneofCase.Uuid when Guid.TryParse(id.Uuid, out var guid) => $"u{guid}",
        _ => throw QdrantRefusal.WrongInput($"Unable to parse UUID: {id.Uuid}"),
    };

    /// <summary>Null when the point has no such vector, or nothing in common with it.</summary>
    public float? Score(string name, QueryVector query) => Vectors.GetValueOrDefault(name)?.Score(query);

    public StandInPoint With(MapField<string, Value> changed, ulong version)
    {
        var payload = Payload.Clone();
        foreach (var (field, value) in changed)
            payload[field] = value;
        return this with { Payload = payload, Version = version };
    }

    public RetrievedPoint ToRetrieved(WithPayloadSelector? payload, WithVectorsSelector? vectors) =>
        new() { Id = Id, Payload = { Chosen(payload, otherwise: true) }, Vectors = Chosen(vectors) };

    public ScoredPoint ToScored(float score, WithPayloadSelector? payload, WithVectorsSelector? vectors) =>
        new() { Id = Id, Score = score, Version = Version, Payload = { Chosen(payload, otherwise: false) }, Vectors = Chosen(vectors) };

    public PointStruct ToStruct()
    {
        var point = new PointStruct { Id = Id, Payload = { Payload }, Vectors = new Vectors { Vectors_ = new NamedVectors() } };
        foreach (var (name, vector) in Vectors)
            point.Vectors.Vectors_.Vectors[name] = vector.ToVector();
        return point;
    }

    private Dictionary<string, Value> Chosen(WithPayloadSelector? selector, bool otherwise)
    {
        var all = selector?.SelectorOptionsCase is WithPayloadSelector.SelectorOptionsOneofCase.Enable ? selector.Enable : otherwise;
        return Payload.Where(field => selector?.SelectorOptionsCase switch
        {
            WithPayloadSelector.SelectorOptionsOneofCase.Include => selector.Include.Fields.Contains(field.Key),
            WithPayloadSelector.SelectorOptionsOneofCase.Exclude => !selector.Exclude.Fields.Contains(field.Key),
            _ => all,
        }).ToDictionary(StringComparer.Ordinal);
    }

    private VectorsOutput? Chosen(WithVectorsSelector? selector)
    {
        var chosen = Vectors.Where(vector => selector?.SelectorOptionsCase switch
        {
            WithVectorsSelector.SelectorOptionsOneofCase.Include => selector.Include.Names.Contains(vector.Key),
            WithVectorsSelector.SelectorOptionsOneofCase.Enable => selector.Enable,
            _ => false,
        }).ToList();
        if (chosen.Count == 0)
            return null;
        var output = new NamedVectorsOutput();
        foreach (var (name, vector) in chosen)
            output.Vectors[name] = vector.ToOutput();
        return new VectorsOutput { Vectors = output };
    }
}
