using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.Configuration.Memory;

namespace RagApp.ServiceDefaults.Telemetry;

internal static class LogLevels
{
    /// <summary>
    /// Sets the framework's log level to Warning: at Information each request logs a dozen lines that its trace shows better. The
    /// configuration (<c>Logging:LogLevel</c>) takes precedence.
    /// </summary>
    public static void AddQuietFrameworks(this IConfigurationBuilder configuration) =>
        configuration.Sources.Insert(0, new MemoryConfigurationSource
        {
            InitialData = new Dictionary<string, string?>(StringComparer.Ordinal)
            {
                ["Logging:LogLevel:Microsoft.AspNetCore"] = "Warning",
                ["Logging:LogLevel:System.Net.Http.HttpClient"] = "Warning",
                ["Logging:LogLevel:Polly"] = "None", // it logs each attempt with its stack trace; the caller logs the outcome in one line
                // StackExchange.Redis logs each connection in thirty lines, and each lost one with its stack trace; the caller logs that Redis
                // does not answer
                ["Logging:LogLevel:StackExchange.Redis"] = "None",
                ["Logging:LogLevel:Garnet"] = "Warning",
                ["Logging:LogLevel:Garnet.ArgParser"] = "Error", // it warns that this log is used
            },
        });
}
