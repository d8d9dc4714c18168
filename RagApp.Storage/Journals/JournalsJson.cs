using System.Text.Json.Serialization;
using RagApp.Contracts.Usage;
using RagApp.Storage.Journals.Chain;

namespace RagApp.Storage.Journals;

/// <summary>JSON serialization of journals, see <see cref="StoredJson"/>.</summary>
[JsonSerializable(typeof(AuditRecord))]
[JsonSerializable(typeof(AuditLink))]
[JsonSerializable(typeof(AuditCheckpoint))]
[JsonSerializable(typeof(AuditRemoval))]
[JsonSerializable(typeof(SegmentSeal))]
[JsonSerializable(typeof(UsageRecord))]
[JsonSerializable(typeof(UsageDay))]
internal sealed partial class JournalsJson : JsonSerializerContext
{
    public static JournalsJson Plain { get; } = new(StoredJson.NewOptions());
}
