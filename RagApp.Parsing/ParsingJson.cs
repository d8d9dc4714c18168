using System.Text.Json;
using System.Text.Json.Serialization;
using RagApp.Parsing.Child;
using RagApp.Parsing.Members;

namespace RagApp.Parsing;

/// <summary>The JSON sent between service and parser child.</summary>
[JsonSourceGenerationOptions(JsonSerializerDefaults.Web, DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull, RespectNullableAnnotations = true)]
[JsonSerializable(typeof(ParseResult))]
[JsonSerializable(typeof(ChildRequest))]
[JsonSerializable(typeof(DocumentMember))]
internal sealed partial class ParsingJson : JsonSerializerContext;
