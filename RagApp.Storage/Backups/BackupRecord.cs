using System.Globalization;
using System.Text.Json.Serialization;

namespace RagApp.Storage.Backups;

/// <summary>The list of everything in a backup, which is written last: a backup without it was cut off.</summary>
/// <param name="Format">Version of the format, <see cref="CurrentFormat"/>.</param>
/// <param name="Installation">Name of the installation whose backup it is.</param>
/// <param name="BegunAt">Time before anything was read.</param>
/// <param name="Index">Kind of the index, such as <c>lucene</c>; only an index of the same kind can take it in.</param>
/// <param name="Documents">True when originals, texts and vectors were saved.</param>
public sealed record BackupRecord(int Format, string Id, string Installation, DateTimeOffset BegunAt, string Index, bool Documents, IReadOnlyList<BackupFile> Files)
{
    public const int CurrentFormat = 1;

    /// <summary>Size of all files in bytes, before encryption.</summary>
    [JsonIgnore]
    public long Length => Files.Sum(file => file.Length);
}

/// <summary>A file of a backup.</summary>
/// <param name="Number">Number of the file in the backup, which is its name there.</param>
/// <param name="Path">Path in the folder that the backup is read into, such as <c>index/acme/_0.cfs</c>.</param>
/// <param name="Length">Length of the content in bytes.</param>
/// <param name="Sha256">SHA-256 of the content, lower-case hex.</param>
public sealed record BackupFile(int Number, string Path, long Length, string Sha256);

/// <summary>A backup in the list of backups.</summary>
/// <param name="Id">Time of the backup and a random part, such as <c>20261201T020000417Z-3f9a61c2</c>; later backups sort later.</param>
/// <param name="IsWhole">False for a backup that is being made, or was cut off.</param>
public sealed record BackupEntry(string Id, bool IsWhole)
{
    private const string TimeFormat = "yyyyMMdd'T'HHmmssfff'Z'";

    /// <summary>Time at which the backup began; null when the id is not one of ours.</summary>
    public DateTimeOffset? BegunAt => DateTimeOffset.TryParseExact(
        Id.Split('-')[0], TimeFormat, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var time) ? time : null;

    public static string NewId(DateTimeOffset now) =>
        string.Create(CultureInfo.InvariantCulture, $"{now.UtcDateTime.ToString(TimeFormat, CultureInfo.InvariantCulture)}-{Guid.NewGuid():N}")[..28];
}

/// <summary>The result of the latest drill, which the running service publishes as metrics.</summary>
/// <param name="Backup">Id of the backup that was tried; null when there was none.</param>
/// <param name="Seconds">Time from the choice of the backup until its copy could answer and was compared.</param>
/// <param name="Passed">False when the backup could not be restored, or differs from the store.</param>
public sealed record DrillResult(string? Backup, DateTimeOffset At, double Seconds, bool Passed);

/// <summary>JSON of the records of backups, see <see cref="StoredJson"/>.</summary>
[JsonSerializable(typeof(BackupRecord))]
[JsonSerializable(typeof(DrillResult))]
internal sealed partial class BackupsJson : JsonSerializerContext
{
    public static BackupsJson Plain { get; } = new(StoredJson.NewOptions());
}
