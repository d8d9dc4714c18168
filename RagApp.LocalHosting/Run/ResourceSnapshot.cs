namespace Aspire.Hosting.Run;

/// <summary>All that is known of one instance of a resource at one moment.</summary>
internal sealed record ResourceSnapshot
{
    /// <summary>Unique: the resource's name, for projects with a suffix per instance.</summary>
    public required string Name { get; init; }

    /// <summary>The resource's name in the model.</summary>
    public required string ResourceName { get; init; }

    /// <summary><c>Project</c>, <c>Parameter</c> or <c>ConnectionString</c>.</summary>
    public required string Type { get; init; }

    public required DateTimeOffset CreatedAt { get; init; }

    public ResourceState State { get; init; } = ResourceState.Starting;

    public DateTimeOffset? StartedAt { get; init; }

    public DateTimeOffset? StoppedAt { get; init; }

    public int? ProcessId { get; init; }

    public int? ExitCode { get; init; }

    public IReadOnlyList<ResourceUrl> Urls { get; init; } = [];

    public IReadOnlyDictionary<string, string> Environment { get; init; } = new Dictionary<string, string>();

    public IReadOnlyList<HealthReport> HealthReports { get; init; } = [];

    public IReadOnlyList<ResourceProperty> Properties { get; init; } = [];

    public IReadOnlyList<ResourceRelationship> Relationships { get; init; } = [];

    /// <summary>Running, and every health check passes.</summary>
    public bool IsHealthy => State == ResourceState.Running && HealthReports.All(r => r.IsHealthy == true);
}
