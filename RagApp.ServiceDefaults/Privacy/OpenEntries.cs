using System.Runtime.Versioning;

namespace RagApp.ServiceDefaults.Privacy;

/// <summary>Finds files and folders in a data folder that users other than the owner may open.</summary>
internal static class OpenEntries
{
    /// <summary>Largest number of entries that are checked, so that a folder with millions of files does not delay the start.</summary>
    private const int MostEntries = 1_000;

    /// <summary>Depth of the folders that are checked, below the data folder.</summary>
    private const int Depth = 3;

    private const UnixFileMode Group = UnixFileMode.GroupRead | UnixFileMode.GroupWrite | UnixFileMode.GroupExecute;
    private const UnixFileMode Others = UnixFileMode.OtherRead | UnixFileMode.OtherWrite | UnixFileMode.OtherExecute;

    /// <summary>Returns the folder itself or the first open entry below it; null when there is none, or on Windows.</summary>
    public static string? FirstIn(string folder)
    {
        if (OperatingSystem.IsWindows() || !Directory.Exists(folder))
            return null;
        var mode = File.GetUnixFileMode(folder);
        // A folder with the set-group bit was given to its group on purpose, like the volumes of a pod (fsGroup).
        var open = mode.HasFlag(UnixFileMode.SetGroup) ? Others : Group | Others;
        if ((mode & open) != UnixFileMode.None)
            return folder;
        var walk = new EnumerationOptions
        {
            RecurseSubdirectories = true, MaxRecursionDepth = Depth, IgnoreInaccessible = true, AttributesToSkip = FileAttributes.ReparsePoint,
        };
        return Directory.EnumerateFileSystemEntries(folder, "*", walk).Take(MostEntries).FirstOrDefault(entry => !OperatingSystem.IsWindows() && IsOpen(entry, open));
    }

    [UnsupportedOSPlatform("windows")]
    private static bool IsOpen(string entry, UnixFileMode open)
    {
        try
        {
            return (File.GetUnixFileMode(entry) & open) != UnixFileMode.None;
        }
        catch (FileNotFoundException)
        {
            return false; // the file was deleted in the meantime
        }
    }
}
