using System.Text.Json;
using System.Text.Json.Serialization;

namespace RagApp.Ingestion.Maintenance;

/// <summary>JSON of the messages sent through the maintenance socket.</summary>
[JsonSourceGenerationOptions(JsonSerializerDefaults.Web, DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull)]
[JsonSerializable(typeof(VerbArguments))]
[JsonSerializable(typeof(VerbUpdate))]
internal sealed partial class MaintenanceJson : JsonSerializerContext;
