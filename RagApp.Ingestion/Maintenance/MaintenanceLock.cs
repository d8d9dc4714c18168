using System.Globalization;

namespace RagApp.Ingestion.Maintenance;

/// <summary>
/// A lock file held by a command that works on the stores itself because the service is down. A second command then stops with
/// an error, and a service that starts waits until the lock is free. The operating system releases it when the process ends.
/// </summary>
internal static class MaintenanceLock
{
    /// <exception cref="VerbException">Another command holds the lock.</exception>
    public static IDisposable Take(string dataPath, string verb)
    {
        var path = PathOf(dataPath);
        MaintenanceSocket.CreateFolder(path);
        try
        {
            var file = new FileStream(path, FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None);
            File.WriteAllText(HolderPathOf(dataPath), string.Create(CultureInfo.InvariantCulture, $"'{verb}' is running in process {Environment.ProcessId} while the service is down"));
            return file;
        }
        catch (IOException) when (HolderOf(dataPath) is { } holder)
        {
            throw new VerbException($"{holder}: wait for it, or cancel it there.", MaintenanceExit.Busy);
        }
    }

    /// <summary>A clause that names the holder of the lock; null when nobody holds it.</summary>
    public static string? HolderOf(string dataPath)
    {
        if (!File.Exists(PathOf(dataPath)))
            return null;
        try
        {
            using var file = new FileStream(PathOf(dataPath), FileMode.Open, FileAccess.ReadWrite, FileShare.None);
            return null;
        }
        catch (IOException)
        {
            return File.Exists(HolderPathOf(dataPath)) ? File.ReadAllText(HolderPathOf(dataPath)) : "A maintenance verb is running while the service is down";
        }
    }

    private static string PathOf(string dataPath) => Path.Combine(dataPath, "maintenance", "lock");

    private static string HolderPathOf(string dataPath) => Path.Combine(dataPath, "maintenance", "holder");
}
