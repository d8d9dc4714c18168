using System.Text.Json.Serialization;

namespace RagApp.Storage.Announcements;

/// <summary>JSON serialization of announcements, see <see cref="StoredJson"/>.</summary>
[JsonSerializable(typeof(DocumentAnnouncement))]
internal sealed partial class AnnouncementsJson : JsonSerializerContext
{
    public static AnnouncementsJson Plain { get; } = new(StoredJson.NewOptions());
}
