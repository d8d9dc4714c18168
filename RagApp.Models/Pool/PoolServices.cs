using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace RagApp.Models.Pool;

/// <summary>The clock, options, metrics and shared pauses that the pools of all models use.</summary>
/// <param name="cooldowns">Pauses shared by the replicas; null without Redis.</param>
internal sealed class PoolServices(
    IOptionsMonitor<PoolOptions> options, TimeProvider time, Telemetry telemetry, ILogger<DeploymentPool> logger, SharedCooldowns? cooldowns)
{
    private readonly long _start = time.GetTimestamp();

    public PoolOptions Options => options.CurrentValue;

    public TimeProvider Time => time;

    public Telemetry Telemetry => telemetry;

    public SharedCooldowns? Cooldowns => cooldowns;

    /// <summary>The pool's clock, which never goes back.</summary>
    public TimeSpan Now => time.GetElapsedTime(_start);

    /// <summary>Reports that a breaker opened, and announces the pause to the other replicas.</summary>
    public void Opened(string model, Upstream upstream, CircuitBreaker breaker, TimeSpan pause)
    {
        telemetry.CooledDown(model, upstream.Deployment.Name, breaker.Cause);
        logger.CooledDown(model, upstream.Deployment.Name, upstream.Key.ToString(), pause, breaker.Cause);
        cooldowns?.Announce(breaker.Id, breaker.Cause, pause);
    }
}
