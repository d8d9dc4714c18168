using System.Text.Json.Serialization;
using RagApp.Storage.Documents;

namespace RagApp.Storage.Queue;

/// <summary>Work on one version of a document.</summary>
public sealed record Job(JobKind Kind, string Tenant, string DocumentId, string? Incarnation, int Version)
{
    /// <summary>
    /// Incarnation of the document (<see cref="VersionId.Incarnation"/>); the document's id in jobs from before incarnations
    /// existed.
    /// </summary>
    public string Incarnation { get; } = Incarnation ?? DocumentId;

    /// <summary>Id of the job: the same work has the same id, so that it is queued once.</summary>
    public string Id => $"{Kind}:{Tenant}:{DocumentId}:{Incarnation}:{Version}";

    [JsonIgnore]
    public VersionId VersionId => new(Tenant, DocumentId, Incarnation, Version);

    public static Job On(VersionId version, JobKind kind) => new(kind, version.Tenant, version.DocumentId, version.Incarnation, version.Number);

    /// <summary>Lane of the job; interactive by default.</summary>
    public JobPriority Priority { get; init; }
}

public enum JobKind
{
    /// <summary>Parses, chunks, embeds and indexes a version.</summary>
    Ingest,

    /// <summary>Completes the removal of a document.</summary>
    Delete,
}

/// <summary>A job that this worker has leased.</summary>
/// <param name="Token">Fencing token of the lease: with an outdated token no call changes anything.</param>
/// <param name="Attempt">Number of the attempt, from 1.</param>
public sealed record LeasedJob(Job Job, string Token, int Attempt);

/// <summary>A dead letter: a job that was given up, and the reason.</summary>
public sealed record DeadJob(Job Job, string Reason, int Attempts, DateTimeOffset DiedAt);
