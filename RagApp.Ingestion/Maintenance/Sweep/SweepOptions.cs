using System.ComponentModel.DataAnnotations;

namespace RagApp.Ingestion.Maintenance.Sweep;

/// <summary>The sweep for orphans, section <c>Sweep</c>.</summary>
public sealed class SweepOptions
{
    public const string Section = "Sweep";

    /// <summary>Time between two sweeps of the service, 00:01:00 to 30.00:00:00; once a day by default.</summary>
    [Range(typeof(TimeSpan), "00:01:00", "30.00:00:00", ErrorMessage = "Sweep:Interval lies between 00:01:00 and 30.00:00:00.")]
    public TimeSpan Interval { get; set; } = TimeSpan.FromDays(1);

    /// <summary>
    /// Age from which an unreferenced file is an orphan; a younger one may belong to an upload in progress. 00:00:00 to
    /// 30.00:00:00; 1 hour by default.
    /// </summary>
    [Range(typeof(TimeSpan), "00:00:00", "30.00:00:00", ErrorMessage = "Sweep:Grace lies between 00:00:00 and 30.00:00:00.")]
    public TimeSpan Grace { get; set; } = TimeSpan.FromHours(1);
}
