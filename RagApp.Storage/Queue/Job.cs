using System.Text.Json.Serialization;
using RagApp.Storage.Documents;

namespace RagApp.Storage.Queue;

/// <summary>Work on one version of a document, in one life of its path.</summary>
public sealed record Job(JobKind Kind, string Tenant, string DocumentId, string? Incarnation, int Version)
{
    /// <summary>As <see cref="VersionId.Incarnation"/>; the document's id in jobs that were queued before lives were told apart.</summary>
    public string Incarnation { get; } = Incarnation ?? DocumentId;

    /// <summary>The same work has the same id, so that it is queued once.</summary>
    public string Id => $"{Kind}:{Tenant}:{DocumentId}:{Incarnation}:{Version}";

    [JsonIgnore]
    public VersionId VersionId => new(Tenant, DocumentId, Incarnation, Version);

    public static Job On(VersionId version, JobKind kind) => new(kind, version.Tenant, version.DocumentId, version.Incarnation, version.Number);

    /// <summary>The lane it waits in; interactive unless its sender knows that nobody waits for it.</summary>
    public JobPriority Priority { get; init; }
}

public enum JobKind
{
    /// <summary>Parse, chunk, embed and index a version.</summary>
    Ingest,

    /// <summary>Finish the removal of a document.</summary>
    Delete,
}

/// <summary>A job that this worker holds.</summary>
/// <param name="Token">Proves the lease: an outdated holder's calls change nothing.</param>
/// <param name="Attempt">Counted from 1.</param>
public sealed record LeasedJob(Job Job, string Token, int Attempt);

/// <summary>A job that was given up, and why.</summary>
public sealed record DeadJob(Job Job, string Reason, int Attempts, DateTimeOffset DiedAt);
