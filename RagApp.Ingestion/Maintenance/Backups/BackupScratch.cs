using System.Globalization;
using Microsoft.Extensions.Options;
using RagApp.Storage;
using RagApp.Storage.Backups;

namespace RagApp.Ingestion.Maintenance.Backups;

/// <summary>
/// The folder in which a backup is put together or taken apart, unencrypted; readable by the service's user alone. Disposing it
/// removes its files.
/// </summary>
internal sealed class BackupScratch : IDisposable
{
    private const string Prefix = "work-";

    private BackupScratch(string path)
    {
        Path = path;
    }

    public string Path { get; }

    /// <summary>Folder of the index's snapshot.</summary>
    public string Index => System.IO.Path.Combine(Path, BackupLayout.Index);

    /// <summary>Makes a new folder, and removes what killed verbs have left: no two verbs with a scratch folder run at once.</summary>
    public static BackupScratch Create(IOptions<BackupOptions> backup, IOptions<StorageOptions> storage)
    {
        var root = backup.Value.Scratch.Length > 0 ? backup.Value.Scratch : System.IO.Path.Combine(storage.Value.DataPath, "backup");
        Directory.CreateDirectory(root);
        foreach (var left in Directory.EnumerateDirectories(root, Prefix + "*"))
            Directory.Delete(left, recursive: true);
        return new BackupScratch(Directory.CreateDirectory(System.IO.Path.Combine(root, Prefix + System.IO.Path.GetRandomFileName())).FullName);
    }

    /// <summary>Full path of a file of a backup in the folder.</summary>
    /// <exception cref="InvalidDataException">The file would be outside of the folder.</exception>
    public string PathOf(string file)
    {
        var full = System.IO.Path.GetFullPath(System.IO.Path.Combine(Path, file));
        return full.StartsWith(Path + System.IO.Path.DirectorySeparatorChar, StringComparison.Ordinal)
            ? full
            : throw new InvalidDataException($"The backup has a file '{file}' outside of its folder.");
    }

    /// <exception cref="VerbException">The disk has less room than the backup needs.</exception>
    public void RequireRoomFor(long bytes)
    {
        var free = new DriveInfo(Path).AvailableFreeSpace;
        if (free < bytes)
        {
            throw new VerbException(string.Create(CultureInfo.InvariantCulture,
                $"The backup needs {bytes / (double)(1 << 20):N0} MiB, and {Path} has {free / (double)(1 << 20):N0} MiB: make room, or name another disk as Backup:Scratch. Nothing was changed."));
        }
    }

    public void Dispose() => Directory.Delete(Path, recursive: true);
}

/// <summary>Paths in a backup.</summary>
internal static class BackupLayout
{
    /// <summary>Folder of the index's snapshot.</summary>
    public const string Index = "index";

    private const string Store = "store/";
    private const string Archive = ".zip";

    /// <summary>Path of the archive of a tenant; the tenant is written as hex digits of its UTF-8 form, which every file system takes.</summary>
    public static string ArchiveOf(string tenant) => Store + Convert.ToHexStringLower(System.Text.Encoding.UTF8.GetBytes(tenant)) + Archive;

    /// <summary>The tenant whose archive a path means; null for another file.</summary>
    public static string? TenantIn(string path) =>
        path.StartsWith(Store, StringComparison.Ordinal) && path.EndsWith(Archive, StringComparison.Ordinal)
            ? System.Text.Encoding.UTF8.GetString(Convert.FromHexString(path[Store.Length..^Archive.Length]))
            : null;
}
