using RagApp.Storage;

namespace RagApp.Ingestion.Maintenance;

/// <summary>Finds the data folder: the one named on the command line, the configured one, or the one that the AppHost uses.</summary>
internal static class DataFolder
{
    private const string Solution = "RagApp.sln";
    private const string Default = ".ragapp";

    /// <exception cref="VerbException">No data folder is known.</exception>
    public static string Find(string? named, string[] settings)
    {
        var path = named ?? Configured(settings) ?? BesideTheSolution()
            ?? throw new VerbException("Which data folder? Name it with --data PATH or Storage__DataPath.", MaintenanceExit.Usage);
        var full = Path.GetFullPath(path);
        return Directory.Exists(full)
            ? full
            : throw new VerbException($"There is no data folder at {full}: name another with --data PATH, or start the AppHost, which makes one.");
    }

    private static string? Configured(string[] settings)
    {
        var configuration = new ConfigurationBuilder().AddEnvironmentVariables().AddCommandLine(settings).Build();
        return configuration[$"{StorageOptions.Section}:{nameof(StorageOptions.DataPath)}"];
    }

    private static string? BesideTheSolution()
    {
        var folder = new DirectoryInfo(AppContext.BaseDirectory);
        while (folder is not null && !File.Exists(Path.Combine(folder.FullName, Solution)))
            folder = folder.Parent;
        return folder is null ? null : Path.Combine(folder.FullName, Default);
    }
}
