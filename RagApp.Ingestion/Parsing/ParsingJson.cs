using System.Text.Json;
using System.Text.Json.Serialization;
using RagApp.Ingestion.Parsing.Child;
using RagApp.Ingestion.Parsing.Members;

namespace RagApp.Ingestion.Parsing;

/// <summary>What the parser child prints and the service reads.</summary>
[JsonSourceGenerationOptions(JsonSerializerDefaults.Web, DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull, RespectNullableAnnotations = true)]
[JsonSerializable(typeof(ParseResult))]
[JsonSerializable(typeof(ChildRequest))]
[JsonSerializable(typeof(DocumentMember))]
internal sealed partial class ParsingJson : JsonSerializerContext;
