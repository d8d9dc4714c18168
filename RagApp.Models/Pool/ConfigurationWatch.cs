using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using Microsoft.Extensions.Primitives;

namespace RagApp.Models.Pool;

/// <summary>Reads models again whenever the configuration changes; a change that is wrong is logged and leaves everything as it is.</summary>
internal sealed class ConfigurationWatch : IDisposable
{
    private readonly Action _read;
    private readonly ILogger _logger;
    private readonly IDisposable _changes;

    /// <param name="read">Reads and validates the configuration, and uses it when it is right.</param>
    public ConfigurationWatch(IConfiguration configuration, Action read, ILogger logger)
    {
        (_read, _logger) = (read, logger);
        _changes = ChangeToken.OnChange(configuration.GetReloadToken, Reload);
    }

    public void Dispose() => _changes.Dispose();

    private void Reload()
    {
        try
        {
            _read();
        }
        catch (Exception exception) when (exception is OptionsValidationException or InvalidOperationException)
        {
            _logger.ChangeRefused(exception.Message);
        }
    }
}
