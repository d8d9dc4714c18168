using Microsoft.Extensions.Configuration;

namespace RagApp.AppHost.Running;

/// <summary>Changes some of Aspire's own settings for a run. A person's setting of the same name goes before each of them.</summary>
internal static class RunSettings
{
    private static readonly Dictionary<string, string> Defaults = new(StringComparer.Ordinal)
    {
        // Plain HTTP on this machine: no development certificate has to be made and trusted.
        ["ASPIRE_ALLOW_UNSECURED_TRANSPORT"] = "true",
        // Nothing asks a feed for newer versions, and nothing but generated secrets is written into a person's home.
        ["ASPIRE_VERSION_CHECK_DISABLED"] = "true",
        ["Aspire:Dashboard:PersistenceMode"] = "None",
        // The AppHost returns when every service is gone.
        ["DcpPublisher:WaitForResourceCleanup"] = "true",
        // The console has warnings and the closing block; the dashboard has the logs.
        ["Logging:LogLevel:Default"] = "Warning",
        ["Logging:LogLevel:Aspire.Hosting.DistributedApplication"] = "Warning",
        ["Logging:LogLevel:Microsoft.Extensions.Diagnostics.HealthChecks"] = "None",
        // The dashboard keeps the keys of its logins where ASP.NET Core does, and warns that they are not encrypted.
        ["Logging:LogLevel:Microsoft.AspNetCore.DataProtection"] = "Error",
        ["Logging:Console:FormatterName"] = "simple",
        ["Logging:Console:FormatterOptions:SingleLine"] = "true",
    };

    /// <summary>Whether there is a dashboard, <c>Dashboard:Enabled</c>; it has to be known before there is a builder.</summary>
    public static bool WantsDashboard(string[] args) =>
        new ConfigurationBuilder().AddEnvironmentVariables().AddCommandLine(args).Build().GetValue("Dashboard:Enabled", defaultValue: true);

    public static void Apply(IDistributedApplicationBuilder builder)
    {
        foreach (var (key, value) in Defaults)
            builder.Configuration[key] ??= value;
    }
}
