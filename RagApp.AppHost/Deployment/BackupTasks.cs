using RagApp.Kubernetes;

namespace RagApp.AppHost.Deployment;

/// <summary>Backups by schedule, their rehearsal, and a restore that is started by hand. Only these pods have the key that encrypts backups.</summary>
internal static class BackupTasks
{
    public const string Secret = "backup-secret";

    private const string WorkPath = "/work";
    private const string Verb = "maintenance";

    /// <summary>The folder that stands for the data folder: a command works by itself when no service listens there.</summary>
    private static readonly string[] Data = ["--data", WorkloadNeeds.Scratch, $"--Backup:Scratch={WorkPath}"];

    public static TaskDeployment All { get; } = new(
    [
        new ScheduledTask("backup", "17 1,13 * * *", [Verb, "backup", .. Data])
        {
            Description = "Times (UTC, as cron writes them) of backups. BackupOld warns after 24 hours without one, so that at least two a day are needed.",
        },
        new ScheduledTask("backup-drill", "43 4 * * 6", [Verb, "drill", .. Data])
        {
            Description = "Times of drills, which restore the newest backup beside the index. BackupDrillOld warns after eight days without one.",
        },
        new ScheduledTask("restore", "0 0 1 1 *", [Verb, "restore", .. Data])
        {
            Description = "Not used: a restore runs when somebody starts it, kubectl create job --from=cronjob/restore restore-now.",
            IsManual = true,
            Deadline = TimeSpan.FromHours(24),
        },
    ])
    {
        Calls = ["redis", "qdrant"],
        WorkPath = WorkPath,
        Secrets = new Dictionary<string, (string, string)>(StringComparer.Ordinal) { ["Backup__Key"] = (Secret, "key") },
        EnabledBy = BackupBucket.EnabledBy,
    };
}
