using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.FileProviders;
using Microsoft.Extensions.Options;

namespace RagApp.ServiceDefaults.Secrets;

/// <summary>
/// Reads secret settings from files, such as those of a mounted Kubernetes Secret, and again when they change, so that a key can be
/// changed without a restart. They go before all other settings.
/// </summary>
internal static class SecretFiles
{
    /// <exception cref="OptionsValidationException">The folder does not exist.</exception>
    public static void AddSecretFiles(this IConfigurationManager configuration)
    {
        if (configuration[$"{SecretFilesOptions.Section}:{nameof(SecretFilesOptions.Folder)}"] is not { Length: > 0 } folder)
            return;
        if (!Directory.Exists(folder))
            throw new OptionsValidationException(SecretFilesOptions.Section, typeof(SecretFilesOptions), [$"SecretFiles:Folder is {folder}, and there is no such folder."]);
        // Kubernetes changes all files at once by exchanging a link whose name begins with a dot. A watcher of the file system's events
        // ignores such names; one that looks at the files' times every few seconds notices the change.
        var files = new PhysicalFileProvider(Path.GetFullPath(folder)) { UsePollingFileWatcher = true, UseActivePolling = true };
        configuration.AddKeyPerFile(source => (source.FileProvider, source.Optional, source.ReloadOnChange) = (files, true, true));
    }
}
