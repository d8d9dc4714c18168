using RagApp.Storage.Backups;

namespace RagApp.Ingestion.Maintenance.Backups;

/// <summary>The backup that a verb works with: the one named, or the newest whole one.</summary>
internal static class BackupChoice
{
    public static readonly VerbOption Option = new("--backup", "ID", "this backup (default: the newest whole one)");

    /// <exception cref="VerbException">No place for backups or no key is configured.</exception>
    public static void Require(BackupStore backups)
    {
        if (!backups.IsConfigured)
            throw new VerbException("There is no place for backups: set Backup:Folder, or Backup:S3:Endpoint with the bucket's other settings.");
        if (!backups.HasKey)
            throw new VerbException("Backup:Key is missing: it encrypts backups. Make one with 'openssl rand -base64 32', and keep a copy elsewhere, since no backup can be read without it.");
    }

    /// <exception cref="VerbException">There is no such backup, or no whole one at all.</exception>
    public static async Task<string> FindAsync(BackupStore backups, VerbArguments arguments, CancellationToken cancellationToken)
    {
        var all = await backups.ListAsync(cancellationToken);
        if (arguments.Find(Option.Name) is not { } named)
        {
            return all.LastOrDefault(backup => backup.IsWhole)?.Id
                ?? throw new VerbException($"There is no whole backup in {backups.Place}: make one with 'maintenance backup'.");
        }
        return all.FirstOrDefault(backup => backup.Id == named) switch
        {
            { IsWhole: true } => named,
            { IsWhole: false } => throw new VerbException($"The backup {named} was cut off: it has no list of its files, which is written last. Take another one."),
            null => throw new VerbException($"There is no backup {named} in {backups.Place}. Whole ones: {string.Join(", ", all.Where(backup => backup.IsWhole).Select(backup => backup.Id).TakeLast(10).DefaultIfEmpty("none"))}."),
        };
    }
}
