using Microsoft.Extensions.Options;
using RagApp.Models.Chat;

namespace RagApp.Gateway.LocalModels;

/// <summary>Repeats the search for local models while the gateway runs without a chat model, and logs what is found for the first time.</summary>
internal sealed class LocalModelWatch(
    LocalModelSearch search, ConfiguredChatModel configured, IOptions<LocalModelsOptions> options, IConfiguration configuration,
    IHostEnvironment environment, TimeProvider time, ILogger<LocalModelWatch> logger) : BackgroundService
{
    /// <summary>Time between two searches: a program that a person starts shows up when the page is loaded again.</summary>
    private static readonly TimeSpan Pause = TimeSpan.FromMinutes(1);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        if (configured.Model is not null || !(options.Value.Discover ?? environment.IsDevelopment()))
            return;
        // The usual port of llama.cpp is the usual port of this gateway too.
        var own = configuration.GetValue<int>("Gateway:Port");
        var servers = LocalModelServer.Known.Where(server => server.Port != own).ToList();
        var known = new HashSet<string>(StringComparer.Ordinal);
        using var tick = new PeriodicTimer(Pause, time);
        do
        {
            await search.RunAsync(servers, stoppingToken);
            foreach (var found in search.Found.Where(found => known.Add(found.Setting)))
                logger.LocalModelsFound(found.Server, found.Setting);
        }
        while (await tick.WaitForNextTickAsync(stoppingToken));
    }
}
