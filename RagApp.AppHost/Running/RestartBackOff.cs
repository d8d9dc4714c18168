namespace RagApp.AppHost.Running;

/// <summary>
/// Back-off before a crashed process is restarted: 1 s, doubled at each crash up to 30 s, and 1 s again after the process ran
/// for a minute.
/// </summary>
internal sealed class RestartBackOff
{
    public static readonly TimeSpan First = TimeSpan.FromSeconds(1);
    public static readonly TimeSpan Longest = TimeSpan.FromSeconds(30);
    public static readonly TimeSpan HealthyPeriod = TimeSpan.FromMinutes(1);

    private TimeSpan _next = First;

    /// <param name="ranFor">Time the process ran before it ended.</param>
    public TimeSpan Next(TimeSpan ranFor)
    {
        var delay = ranFor >= HealthyPeriod ? First : _next;
        _next = delay * 2 > Longest ? Longest : delay * 2;
        return delay;
    }
}
