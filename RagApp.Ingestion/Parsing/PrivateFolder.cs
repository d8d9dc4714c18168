namespace RagApp.Ingestion.Parsing;

/// <summary>A temporary folder that only the service's user may enter; deleted with its content when disposed.</summary>
internal sealed class PrivateFolder : IDisposable
{
    private PrivateFolder(string path) => Path = path;

    public string Path { get; }

    /// <param name="temporary">The parent folder, which is created when it is missing.</param>
    /// <param name="purpose">A part of the folder's name.</param>
    public static PrivateFolder Create(string temporary, string purpose)
    {
        Directory.CreateDirectory(temporary);
        var folder = new PrivateFolder(System.IO.Path.Combine(temporary, $"ragapp-{purpose}-{Guid.NewGuid():N}"));
        if (OperatingSystem.IsWindows())
            Directory.CreateDirectory(folder.Path);
        else
            Directory.CreateDirectory(folder.Path, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
        return folder;
    }

    public void Dispose()
    {
        try
        {
            Directory.Delete(Path, recursive: true);
        }
        catch (IOException)
        {
            // a killed process may still be writing: the system's cleaning of temporary files deletes the rest
        }
    }
}
