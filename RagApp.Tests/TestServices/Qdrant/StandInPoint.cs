using System.Globalization;
using Google.Protobuf.Collections;
using Qdrant.Client.Grpc;

namespace RagApp.Tests.TestServices.Qdrant;

/// <summary>An immutable point; a write replaces it by a new one.</summary>
/// <param name="Version">Number of the operation that wrote the point.</param>
internal sealed record StandInPoint(PointId Id, IReadOnlyDictionary<string, QueryVector> Vectors, MapField<string, Value> Payload, ulong Version)
{
    /// <summary>Sort key of the point: numeric ids come first, then UUIDs.</summary>
    public string Key { get; } = KeyOf(Id);

    public static string KeyOf(PointId id) => id.PointIdOptionsCase switch
    {
        PointId.PointIdOptionsOneofCase.Num => id.Num.ToString("D20", CultureInfo.InvariantCulture),
        PointId.PointIdOptionsOneofCase.Uuid when Guid.TryParse(id.Uuid, out var guid) => $"u{guid}",
        _ => throw QdrantRefusal.WrongInput($"Unable to parse UUID: {id.Uuid}"),
    };

    /// <summary>Score of the named vector; null when the point has no such vector or no term in common with the query.</summary>
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
