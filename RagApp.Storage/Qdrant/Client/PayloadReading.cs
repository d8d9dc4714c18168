using Google.Protobuf.Collections;
using Grpc.Core;
using Qdrant.Client.Grpc;

namespace RagApp.Storage.Qdrant.Client;

/// <summary>
/// Reads payload fields. A required field that is missing or has another type ends in a <see cref="QdrantException"/> that
/// names it.
/// </summary>
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

    /// <summary>The number in an optional field; null when there is none.</summary>
    public static long? FindNumber(this MapField<string, Value> payload, string field) => payload.TryGetValue(field, out var value) && value.HasIntegerValue ? value.IntegerValue : null;

    /// <summary>The text in an optional field; null when there is none.</summary>
    public static string? FindText(this MapField<string, Value> payload, string field) => payload.TryGetValue(field, out var value) && value.HasStringValue ? value.StringValue : null;

    private static QdrantException Wrong(string field) => new($"The field '{field}' of a point's payload is missing, or has the wrong type.", StatusCode.DataLoss);
}
