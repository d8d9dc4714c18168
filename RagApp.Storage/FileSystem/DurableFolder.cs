using System.ComponentModel;
using System.Runtime.InteropServices;
using Microsoft.Win32.SafeHandles;

namespace RagApp.Storage.FileSystem;

/// <summary>
/// Makes changes of a folder durable. On Unix a flushed file can still lose its name when the machine stops, unless the
/// folder is flushed too. Windows writes names through its journal.
/// </summary>
internal static partial class DurableFolder
{
    /// <summary>Creates a folder and its missing parents, each durable in its own parent.</summary>
    public static void Create(string path)
    {
        if (Directory.Exists(path))
            return;
        var parent = Path.GetDirectoryName(path);
        if (parent is not null)
            Create(parent);
        Directory.CreateDirectory(path);
        if (parent is not null)
            Flush(parent);
    }

    /// <summary>Returns when all names that were added to or removed from the folder are on disk.</summary>
    public static void Flush(string path)
    {
        if (OperatingSystem.IsWindows())
            return;
        using var handle = Open(path, flags: 0);
        if (handle.IsInvalid)
            throw new IOException($"The folder '{path}' cannot be opened.", new Win32Exception(Marshal.GetLastPInvokeError()));
        RandomAccess.FlushToDisk(handle);
    }

    [LibraryImport("libc", EntryPoint = "open", SetLastError = true, StringMarshalling = StringMarshalling.Utf8)]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static partial SafeFileHandle Open(string path, int flags);
}
