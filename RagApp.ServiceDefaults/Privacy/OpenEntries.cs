using System.Runtime.Versioning;

namespace RagApp.ServiceDefaults.Privacy;

/// <summary>Finds what others than the owner may read or enter in a data folder.</summary>
internal static class OpenEntries
{
    /// <summary>How many entries are looked at: a folder of millions must not delay a start.</summary>
    private const int MostEntries = 1_000;

    /// <summary>Folders below the data folder that are looked into.</summary>
    private const int Depth = 3;

    private const UnixFileMode Group = UnixFileMode.GroupRead | UnixFileMode.GroupWrite | UnixFileMode.GroupExecute;
    private const UnixFileMode Others = UnixFileMode.OtherRead | UnixFileMode.OtherWrite | UnixFileMode.OtherExecute;

    /// <summary>The folder itself, or what is open among the first entries below it; null when nothing is, or on Windows.</summary>
    public static string? FirstIn(string folder)
    {
        if (OperatingSystem.IsWindows() || !Directory.Exists(folder))
            return null;
        var mode = File.GetUnixFileMode(folder);
        // A folder that hands its group on was given to that group on purpose, as volumes of a pod are (fsGroup).
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
            return false; // it went in between
        }
    }
}
