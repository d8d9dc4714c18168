using System.Text.Json.Serialization;

namespace RagApp.Storage.Documents;

/// <summary>Priority of a job: the lane of the queue that it waits in.</summary>
[JsonConverter(typeof(JsonStringEnumConverter<JobPriority>))]
public enum JobPriority
{
    /// <summary>A person waits for the job: one document uploaded by hand, or a deletion.</summary>
    [JsonStringEnumMemberName("interactive")]
    Interactive,

    /// <summary>One of many jobs: folders, members of archives, repeated work.</summary>
    [JsonStringEnumMemberName("bulk")]
    Bulk,
}
