using Google.Protobuf.Collections;
using Grpc.Core;
using Qdrant.Client.Grpc;

namespace RagApp.Storage.Qdrant;

/// <summary>Reads fields of a payload. One that is not as it was written ends in a <see cref="QdrantException"/> that names it.</summary>
internal static class PayloadReading
{
    public static string Text(this MapField<string, Value> payload, string field) => payload.TryGetValue(field, out var value) && value.HasStringValue
        ? value.StringValue
        : throw Wrong(field);

    public static IReadOnlyList<string> Texts(this MapField<string, Value> payload, string field) => payload.TryGetValue(field, out var value) && value.ListValue is { } list
        ? [.. list.Values.Select(item => item.StringValue)]
        : throw Wrong(field);

    public static bool Flag(this MapField<string, Value> payload, string field) => payload.TryGetValue(field, out var value) && value.HasBoolValue
        ? value.BoolValue
        : throw Wrong(field);

    public static long Number(this MapField<string, Value> payload, string field) => payload.FindNumber(field) ?? throw Wrong(field);

    /// <summary>Null when there is none.</summary>
    public static long? FindNumber(this MapField<string, Value> payload, string field) => payload.TryGetValue(field, out var value) && value.HasIntegerValue ? value.IntegerValue : null;

    /// <summary>Null when there is none.</summary>
    public static string? FindText(this MapField<string, Value> payload, string field) => payload.TryGetValue(field, out var value) && value.HasStringValue ? value.StringValue : null;

    private static QdrantException Wrong(string field) => new($"A point's payload has no '{field}', or something else in its place.", StatusCode.DataLoss);
}
