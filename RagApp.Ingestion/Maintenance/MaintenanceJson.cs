using System.Text.Json;
using System.Text.Json.Serialization;

namespace RagApp.Ingestion.Maintenance;

/// <summary>What goes through the socket.</summary>
[JsonSourceGenerationOptions(JsonSerializerDefaults.Web, DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull)]
[JsonSerializable(typeof(VerbArguments))]
[JsonSerializable(typeof(VerbUpdate))]
internal sealed partial class MaintenanceJson : JsonSerializerContext;
