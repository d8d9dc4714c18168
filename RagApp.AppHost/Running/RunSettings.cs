using Microsoft.Extensions.Configuration;

namespace RagApp.AppHost.Running;

/// <summary>Changes some of Aspire's default settings for a run. A setting that a person configures takes precedence.</summary>
internal static class RunSettings
{
    private static readonly Dictionary<string, string> Defaults = new(StringComparer.Ordinal)
    {
        // Plain HTTP on this machine: no development certificate has to be created and trusted.
        ["ASPIRE_ALLOW_UNSECURED_TRANSPORT"] = "true",
        // No feed is asked for newer versions, and nothing but generated secrets is written into the user's home folder.
        ["ASPIRE_VERSION_CHECK_DISABLED"] = "true",
        ["Aspire:Dashboard:PersistenceMode"] = "None",
        // The AppHost returns only when every service has stopped.
        ["DcpPublisher:WaitForResourceCleanup"] = "true",
        // The console shows warnings and the closing block; the dashboard shows the logs.
        ["Logging:LogLevel:Default"] = "Warning",
        ["Logging:LogLevel:Aspire.Hosting.DistributedApplication"] = "Warning",
        ["Logging:LogLevel:Microsoft.Extensions.Diagnostics.HealthChecks"] = "None",
        // The dashboard stores its login keys where ASP.NET Core does by default, and would warn that they are not encrypted.
        ["Logging:LogLevel:Microsoft.AspNetCore.DataProtection"] = "Error",
        ["Logging:Console:FormatterName"] = "simple",
        ["Logging:Console:FormatterOptions:SingleLine"] = "true",
    };

    /// <summary>True when the dashboard is wanted, <c>Dashboard:Enabled</c>. The value is needed before the builder exists.</summary>
    public static bool WantsDashboard(string[] args) =>
        new ConfigurationBuilder().AddEnvironmentVariables().AddCommandLine(args).Build().GetValue("Dashboard:Enabled", defaultValue: true);

    public static void Apply(IDistributedApplicationBuilder builder)
    {
        foreach (var (key, value) in Defaults)
            builder.Configuration[key] ??= value;
    }
}
