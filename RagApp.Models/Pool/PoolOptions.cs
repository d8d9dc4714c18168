using System.ComponentModel.DataAnnotations;

namespace RagApp.Models.Pool;

/// <summary>Options of the pool that all models share, section <c>Models:Pool</c>. Changes are used without a restart.</summary>
public sealed class PoolOptions
{
    public const string Section = "Models:Pool";

    /// <summary>Longest wait of a person's request for a deployment below its limit, 00:00:00 to 00:10:00; 10 s by default.</summary>
    [Range(typeof(TimeSpan), "00:00:00", "00:10:00", ErrorMessage = "Models:Pool:InteractiveWait lies between 00:00:00 and 00:10:00.")]
    public TimeSpan InteractiveWait { get; set; } = TimeSpan.FromSeconds(10);

    /// <summary>Longest wait of background work for a deployment below its limit, 00:00:00 to 01:00:00; 2 minutes by default.</summary>
    [Range(typeof(TimeSpan), "00:00:00", "01:00:00", ErrorMessage = "Models:Pool:BulkWait lies between 00:00:00 and 01:00:00.")]
    public TimeSpan BulkWait { get; set; } = TimeSpan.FromMinutes(2);

    /// <summary>Largest number of waiting requests of one model, 0 to 100,000; 1,000 by default.</summary>
    [Range(0, 100_000, ErrorMessage = "Models:Pool:MaxWaiting lies between 0 and 100000.")]
    public int MaxWaiting { get; set; } = 1000;

    /// <summary>Largest number of deployments and keys that one request is tried on, 1 to 10; 3 by default.</summary>
    [Range(1, 10, ErrorMessage = "Models:Pool:MaxAttempts lies between 1 and 10.")]
    public int MaxAttempts { get; set; } = 3;

    /// <summary>Failures in a row after which a deployment gets no calls for a pause, 1 to 100; 3 by default.</summary>
    [Range(1, 100, ErrorMessage = "Models:Pool:FailuresToOpen lies between 1 and 100.")]
    public int FailuresToOpen { get; set; } = 3;

    /// <summary>
    /// First pause of a deployment that fails or of a key that is refused, when the provider names none, 00:00:00.100 to 00:10:00;
    /// 2 s by default. It doubles while the failure lasts.
    /// </summary>
    [Range(typeof(TimeSpan), "00:00:00.100", "00:10:00", ErrorMessage = "Models:Pool:Cooldown lies between 00:00:00.100 and 00:10:00.")]
    public TimeSpan Cooldown { get; set; } = TimeSpan.FromSeconds(2);

    /// <summary>Longest such pause, 00:00:01 to 1.00:00:00; 2 minutes by default.</summary>
    [Range(typeof(TimeSpan), "00:00:01", "1.00:00:00", ErrorMessage = "Models:Pool:MaxCooldown lies between 00:00:01 and 1.00:00:00.")]
    public TimeSpan MaxCooldown { get; set; } = TimeSpan.FromMinutes(2);

    /// <summary>
    /// Time without a first token after which an interactive request is also sent to a second deployment, and the faster answer is
    /// used, 00:00:00.100 to 00:10:00; none by default, because both calls are paid.
    /// </summary>
    [Range(typeof(TimeSpan), "00:00:00.100", "00:10:00", ErrorMessage = "Models:Pool:HedgeAfter lies between 00:00:00.100 and 00:10:00.")]
    public TimeSpan? HedgeAfter { get; set; }

    /// <summary>Longest wait of a caller's request.</summary>
    internal TimeSpan WaitOf(ModelCaller caller) =>
        caller.MaxWait ?? (caller.Priority == ModelPriority.Interactive ? InteractiveWait : BulkWait);

    internal PauseRule DeploymentRule => new(FailuresToOpen, Cooldown, MaxCooldown);

    internal PauseRule KeyRule => new(1, Cooldown, MaxCooldown);
}
