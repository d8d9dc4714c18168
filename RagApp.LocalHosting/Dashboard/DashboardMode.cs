namespace Aspire.Hosting.Dashboard;

/// <summary>What to do about the dashboard; configuration key <c>LocalHost:Dashboard</c>.</summary>
internal enum DashboardMode
{
    /// <summary>Start it, and install it first, in the background, where npm can. The default.</summary>
    Auto,

    /// <summary>Start it only where it is installed.</summary>
    Installed,

    /// <summary>No dashboard, and no telemetry sent to it.</summary>
    Off,
}
