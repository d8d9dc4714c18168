using Aspire.Hosting.ApplicationModel;
using Microsoft.Extensions.Hosting;

namespace Aspire.Hosting.Publish;

/// <summary>Writes the manifest and ends: <c>--publisher manifest --output-path aspire-manifest.json</c>.</summary>
internal sealed class ManifestPublisher(DistributedApplicationModel model, IHostApplicationLifetime lifetime) : BackgroundService
{
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        var publisher = model.Configuration["publisher"] ?? model.Configuration["Publishing:Publisher"];
        if (publisher is not "manifest")
            throw new DistributedApplicationException("The local host publishes the manifest only: --publisher manifest --output-path aspire-manifest.json");

        var path = Path.GetFullPath(model.Configuration["output-path"] ?? "aspire-manifest.json");
        await File.WriteAllBytesAsync(path, ManifestWriter.Write(model, Path.GetDirectoryName(path)!), stoppingToken);
        await Console.Out.WriteLineAsync($"Published manifest to: {path}");
        lifetime.StopApplication();
    }
}
