using System.Globalization;
using Google.Protobuf.Collections;
using Qdrant.Client.Grpc;
using RagApp.Contracts.Search;
using RagApp.Storage.Index;
using RagApp.Storage.Qdrant.Client;

namespace RagApp.Storage.Qdrant.Payloads;

/// <summary>The payload of a chunk's point: the fields for filters, and those that a search returns.</summary>
internal static class ChunkPayload
{
    /// <summary>The fields that a search reads: the shown ones and the access list.</summary>
    public static WithPayloadSelector Shown { get; } = PointFields.Named(
        QdrantFields.Document, QdrantFields.Version, QdrantFields.Ordinal, QdrantFields.Path, QdrantFields.Title, QdrantFields.Section, QdrantFields.Page,
        QdrantFields.Text, QdrantFields.Source, QdrantFields.Type, QdrantFields.Language, QdrantFields.Date, QdrantFields.Tags, QdrantFields.Access);

    /// <summary>The fields that a spelling correction reads: the text and the access list.</summary>
    public static WithPayloadSelector Words { get; } = PointFields.Named(QdrantFields.Title, QdrantFields.Section, QdrantFields.Text, QdrantFields.Access);

    /// <param name="live">True when searches find the chunk; false while its version is being written.</param>
    public static MapField<string, Value> Of(IndexedDocument document, ChunkEntry chunk, string generation, bool live)
    {
        var payload = new MapField<string, Value>
        {
            [QdrantFields.Tenant] = document.Tenant,
            [QdrantFields.Generation] = generation,
            [QdrantFields.Document] = document.DocumentId,
            [QdrantFields.Incarnation] = document.Incarnation,
            [QdrantFields.Version] = document.Version,
            [QdrantFields.Live] = live,
            [QdrantFields.Source] = document.Properties.Source,
            [QdrantFields.Type] = document.Properties.Type,
            [QdrantFields.Language] = document.Properties.Language,
            [QdrantFields.Tags] = Values(document.Properties.Tags),
            [QdrantFields.Model] = document.Model,
            [QdrantFields.Ordinal] = chunk.Ordinal,
            [QdrantFields.Path] = document.Path,
            [QdrantFields.Title] = document.Title,
            [QdrantFields.Section] = chunk.Section,
            [QdrantFields.Text] = chunk.Text,
        };
        payload.Add(AccessOf(document.Access));
        if (document.Properties.Date is { } date)
            payload[QdrantFields.Date] = date.ToString("O", CultureInfo.InvariantCulture);
        if (chunk.Page is { } page)
            payload[QdrantFields.Page] = page;
        return payload;
    }

    /// <summary>The access list and its fingerprint, which always change together.</summary>
    public static MapField<string, Value> AccessOf(IReadOnlyList<string> access) => new()
    {
        [QdrantFields.Access] = Values(access),
        [QdrantFields.AccessFingerprint] = IndexedVersion.FingerprintOf(access), // so that a scan need not read the lists
    };

    /// <summary>The change that lets searches find a version.</summary>
    public static MapField<string, Value> Live { get; } = new() { [QdrantFields.Live] = true };

    /// <summary>Reads the payload of a found point.</summary>
    public static FoundChunk ReadFound(MapField<string, Value> payload) => new(
        payload.Text(QdrantFields.Document),
        (int)payload.Number(QdrantFields.Version),
        (int)payload.Number(QdrantFields.Ordinal),
        payload.Text(QdrantFields.Path),
        payload.Text(QdrantFields.Title),
        payload.Text(QdrantFields.Section),
        (int?)payload.FindNumber(QdrantFields.Page),
        payload.Text(QdrantFields.Text),
        new DocumentProperties(
            payload.Text(QdrantFields.Source), payload.Text(QdrantFields.Type), payload.Text(QdrantFields.Language),
            payload.FindText(QdrantFields.Date) is { } date ? DateTimeOffset.Parse(date, CultureInfo.InvariantCulture) : null,
            payload.Texts(QdrantFields.Tags)));

    private static Value Values(IEnumerable<string> texts) => new() { ListValue = new ListValue { Values = { texts.Select(text => (Value)text) } } };
}
