namespace RagApp.Kubernetes;

/// <summary>A command of a resource's image that a cluster runs by a schedule, in a pod of its own with the resource's settings.</summary>
/// <param name="Name">Name of the CronJob.</param>
/// <param name="Schedule">Default times in UTC, as cron writes them.</param>
/// <param name="Arguments">Arguments of the image's program.</param>
public sealed record ScheduledTask(string Name, string Schedule, IReadOnlyList<string> Arguments)
{
    /// <summary>One line for the comment above the value of the schedule.</summary>
    public required string Description { get; init; }

    /// <summary>True for a task that is only started by hand, with <c>kubectl create job --from=cronjob/NAME</c>.</summary>
    public bool IsManual { get; init; }

    /// <summary>Time after which a run is ended.</summary>
    public TimeSpan Deadline { get; init; } = TimeSpan.FromHours(6);
}

/// <summary>The scheduled tasks of one resource, and what they have in common.</summary>
public sealed record TaskDeployment(IReadOnlyList<ScheduledTask> Tasks)
{
    /// <summary>Resources that the tasks call, among those that their resource refers to.</summary>
    public required IReadOnlyList<string> Calls { get; init; }

    /// <summary>Folder of a volume that exists as long as the pod, for large files.</summary>
    public required string WorkPath { get; init; }

    /// <summary>Size of that volume, as a Kubernetes quantity.</summary>
    public string WorkSize { get; init; } = "100Gi";

    /// <summary>Secrets that only the tasks have: key of a Secret by environment variable.</summary>
    public IReadOnlyDictionary<string, (string Secret, string Key)> Secrets { get; init; } = new Dictionary<string, (string, string)>(StringComparer.Ordinal);

    /// <summary>Value of the chart without which there are no tasks, such as <c>parameters.backupBucket</c>; null for tasks that always exist.</summary>
    public string? EnabledBy { get; init; }
}
