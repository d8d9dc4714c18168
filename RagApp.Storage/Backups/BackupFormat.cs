using RagApp.Storage.Sealing;

namespace RagApp.Storage.Backups;

/// <summary>The encrypted files of backups.</summary>
internal sealed record BackupFormat() : SealedFormat("RAGBAK01", "ragapp backup")
{
    public static BackupFormat Instance { get; } = new();

    public override Exception Damaged(string name, string problem, Exception? inner = null) =>
        new InvalidDataException($"The backup's file '{name}' is damaged, was changed, or is cut off: {problem}.", inner);

    public override Exception UnknownKey(string name) =>
        new InvalidDataException("The backup was encrypted with another key: configure that one as Backup:Key, or among Backup:OldKeys.");

    /// <summary>A key as it is configured, 32 bytes as Base64.</summary>
    public SealingKey KeyOf(string base64) => new(Convert.FromBase64String(base64), this);
}
