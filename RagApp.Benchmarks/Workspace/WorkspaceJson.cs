using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace RagApp.Benchmarks.Workspace;

/// <summary>JSON format of questions and of judged answers.</summary>
[JsonSourceGenerationOptions(JsonSerializerDefaults.Web)]
[JsonSerializable(typeof(WorkspaceQuestion))]
[JsonSerializable(typeof(JudgedAnswer))]
internal sealed partial class WorkspaceJson : JsonSerializerContext
{
    /// <summary>The format with letters of all scripts as they are, for people who read the file.</summary>
    public static WorkspaceJson Readable { get; } = new(new JsonSerializerOptions(JsonSerializerDefaults.Web) { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping });
}
