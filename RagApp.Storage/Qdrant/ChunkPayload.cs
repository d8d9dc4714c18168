using System.Globalization;
using Google.Protobuf.Collections;
using Qdrant.Client.Grpc;
using RagApp.Contracts.Search;
using RagApp.Storage.Index;
using RagApp.Storage.Qdrant.Client;

namespace RagApp.Storage.Qdrant;

/// <summary>A chunk beside its vectors: what is filtered by, and what a search returns.</summary>
internal static class ChunkPayload
{
    /// <summary>The fields that a search reads: what is shown, and who may read it.</summary>
    public static WithPayloadSelector Shown { get; } = PointFields.Named(
        QdrantFields.Document, QdrantFields.Version, QdrantFields.Ordinal, QdrantFields.Path, QdrantFields.Title, QdrantFields.Section, QdrantFields.Page,
        QdrantFields.Text, QdrantFields.Source, QdrantFields.Type, QdrantFields.Language, QdrantFields.Date, QdrantFields.Tags, QdrantFields.Access);

    /// <summary>The fields that a correction reads: words, and who may read them.</summary>
    public static WithPayloadSelector Words { get; } = PointFields.Named(QdrantFields.Title, QdrantFields.Section, QdrantFields.Text, QdrantFields.Access);

    /// <param name="live">Whether it answers: a version that is being written does not yet.</param>
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

    /// <summary>Who may read: the list and what stands for it change together.</summary>
    public static MapField<string, Value> AccessOf(IReadOnlyList<string> access) => new()
    {
        [QdrantFields.Access] = Values(access),
        [QdrantFields.AccessFingerprint] = IndexedVersion.FingerprintOf(access), // so that a scan need not carry the lists
    };

    /// <summary>A version begins to answer.</summary>
    public static MapField<string, Value> Live { get; } = new() { [QdrantFields.Live] = true };

    /// <summary>What a search returns.</summary>
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
