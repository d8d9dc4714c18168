using System.ComponentModel.DataAnnotations;

namespace RagApp.Gateway.Draining;

/// <summary>The end of the gateway, section <c>Drain</c>.</summary>
public sealed class DrainOptions
{
    public const string Section = "Drain";

    /// <summary>
    /// Time that requests in work have to finish when the gateway stops, 0 s to 10 min; 30 seconds by default. It ends no later
    /// than ten seconds after this time, and a pod's grace period has to be longer.
    /// </summary>
    [Range(typeof(TimeSpan), "00:00:00", "00:10:00", ErrorMessage = "Drain:Time lies between 00:00:00 and 00:10:00.")]
    public TimeSpan Time { get; set; } = TimeSpan.FromSeconds(30);
}
