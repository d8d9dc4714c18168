using System.Text.Json;
using System.Text.Json.Serialization;
using RagApp.Contracts.Search;
using RagApp.Storage.Index;
using RagApp.Storage.Qdrant.Client;

namespace RagApp.Storage.Qdrant;

/// <summary>A chunk beside its vectors: what is filtered by, and what a search returns.</summary>
internal sealed record ChunkPayload
{
    [JsonPropertyName(QdrantFields.Tenant)]
    public required string Tenant { get; init; }

    [JsonPropertyName(QdrantFields.Generation)]
    public required string Generation { get; init; }

    [JsonPropertyName(QdrantFields.Document)]
    public required string Document { get; init; }

    /// <summary>Null in points that were written before lives of a path were told apart.</summary>
    [JsonPropertyName(QdrantFields.Incarnation)]
    public string? Incarnation { get; init; }

    [JsonPropertyName(QdrantFields.Version)]
    public required int Version { get; init; }

    /// <summary>Whether it answers: a version that is being written does not yet.</summary>
    [JsonPropertyName(QdrantFields.Live)]
    public required bool Live { get; init; }

    [JsonPropertyName(QdrantFields.Access)]
    public required IReadOnlyList<string> Access { get; init; }

    /// <summary><see cref="IndexedVersion.FingerprintOf"/> the access list, so that a scan need not carry the lists.</summary>
    public required string AccessFingerprint { get; init; }

    [JsonPropertyName(QdrantFields.Source)]
    public required string Source { get; init; }

    [JsonPropertyName(QdrantFields.Type)]
    public required string Type { get; init; }

    [JsonPropertyName(QdrantFields.Language)]
    public required string Language { get; init; }

    [JsonPropertyName(QdrantFields.Date)]
    public DateTimeOffset? Date { get; init; }

    [JsonPropertyName(QdrantFields.Tags)]
    public required IReadOnlyList<string> Tags { get; init; }

    public required string Model { get; init; }
    public required int Ordinal { get; init; }
    public required string Path { get; init; }
    public required string Title { get; init; }
    public required string Section { get; init; }
    public int? Page { get; init; }
    public required string Text { get; init; }

    public static JsonElement Of(IndexedDocument document, ChunkEntry chunk, string generation, bool live) => JsonSerializer.SerializeToElement(
        new ChunkPayload
        {
            Tenant = document.Tenant,
            Generation = generation,
            Document = document.DocumentId,
            Incarnation = document.Incarnation,
            Version = document.Version,
            Live = live,
            Access = document.Access,
            AccessFingerprint = IndexedVersion.FingerprintOf(document.Access),
            Source = document.Properties.Source,
            Type = document.Properties.Type,
            Language = document.Properties.Language,
            Date = document.Properties.Date,
            Tags = document.Properties.Tags,
            Model = document.Model,
            Ordinal = chunk.Ordinal,
            Path = document.Path,
            Title = document.Title,
            Section = chunk.Section,
            Page = chunk.Page,
            Text = chunk.Text,
        },
        PayloadJson.Wire.ChunkPayload);

    /// <summary>What a search returns.</summary>
    public static FoundChunk ReadFound(JsonElement? json)
    {
        var payload = json!.Value.Deserialize(PayloadJson.Wire.ChunkPayload)!;
        return new FoundChunk(
            payload.Document, payload.Version, payload.Ordinal, payload.Path, payload.Title, payload.Section, payload.Page, payload.Text,
            new DocumentProperties(payload.Source, payload.Type, payload.Language, payload.Date, payload.Tags));
    }
}
