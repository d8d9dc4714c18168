using System.Text.Json.Serialization;

namespace RagApp.Storage.Queue;

/// <summary>Which of the queue's lanes a job waits in.</summary>
[JsonConverter(typeof(JsonStringEnumConverter<JobPriority>))]
public enum JobPriority
{
    /// <summary>Somebody waits for it: one document uploaded by hand, a deletion.</summary>
    [JsonStringEnumMemberName("interactive")]
    Interactive,

    /// <summary>Many at once: folders, members of archives, work that is done again.</summary>
    [JsonStringEnumMemberName("bulk")]
    Bulk,
}
