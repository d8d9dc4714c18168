using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace RagApp.ServiceDefaults.Privacy;

/// <summary>Says once, at the start, what of the service other users or processes can look into, and how that is mended.</summary>
/// <param name="leftOpen">Why the process itself can be looked into; null when it cannot.</param>
internal sealed class PrivacyCheck(string? leftOpen, IConfiguration configuration, ILogger<PrivacyCheck> logger) : BackgroundService
{
    /// <summary>Settings that name a folder with people's data, in whatever service.</summary>
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
