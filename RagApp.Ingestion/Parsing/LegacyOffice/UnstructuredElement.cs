using System.Text.Json.Serialization;

namespace RagApp.Ingestion.Parsing.LegacyOffice;

/// <summary>A piece of text as an Unstructured-compatible server tells it.</summary>
/// <param name="Type">Title, NarrativeText, ListItem, Table, ...</param>
internal sealed record UnstructuredElement(string? Type, string? Text, UnstructuredMetadata? Metadata);

internal sealed record UnstructuredMetadata(
    [property: JsonPropertyName("page_number")] int? PageNumber, [property: JsonPropertyName("category_depth")] int? CategoryDepth);

[JsonSourceGenerationOptions(System.Text.Json.JsonSerializerDefaults.Web)]
[JsonSerializable(typeof(List<UnstructuredElement>))]
internal sealed partial class UnstructuredJson : JsonSerializerContext;
