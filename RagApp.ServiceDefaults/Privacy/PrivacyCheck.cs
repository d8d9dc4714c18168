using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace RagApp.ServiceDefaults.Privacy;

/// <summary>Warns at the start when other users or processes can read the service's data or memory, and says how to prevent it.</summary>
/// <param name="leftOpen">Reason why other processes can read this process's memory; null when they cannot.</param>
internal sealed class PrivacyCheck(string? leftOpen, IConfiguration configuration, ILogger<PrivacyCheck> logger) : BackgroundService
{
    /// <summary>Settings of all services that name a folder with people's data.</summary>
    private static readonly string[] DataFolders = ["Storage:DataPath", "Cache:DataPath"];

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        if (leftOpen is not null)
            logger.ProcessOpen(leftOpen);
        foreach (var folder in DataFolders.Select(key => configuration[key]).OfType<string>().Where(path => path.Length > 0))
        {
            if (await Task.Run(() => OpenEntries.FirstIn(folder), stoppingToken) is { } open)
                logger.FolderOpen(open, folder);
        }
    }
}
