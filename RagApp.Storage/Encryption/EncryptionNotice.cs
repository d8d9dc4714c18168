using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace RagApp.Storage.Encryption;

/// <summary>Warns at the start of a service that stores documents when it stores them in clear for want of a master key.</summary>
internal sealed class EncryptionNotice(MasterKeys masters, IOptions<EncryptionOptions> options, ILogger<EncryptionNotice> logger) : IHostedService
{
    public Task StartAsync(CancellationToken cancellationToken)
    {
        if (options.Value is { Documents: true, Key: "" } && !masters.AreInFile)
            logger.StoredInClear();
        return Task.CompletedTask;
    }

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;
}
