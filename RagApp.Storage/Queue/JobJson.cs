using System.Text.Json.Serialization;

namespace RagApp.Storage.Queue;

/// <summary>JSON serialization of queued jobs, see <see cref="StoredJson"/>.</summary>
[JsonSerializable(typeof(Job))]
internal sealed partial class JobJson : JsonSerializerContext
{
    public static JobJson Plain { get; } = new(StoredJson.NewOptions());
}
