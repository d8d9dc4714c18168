using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.Configuration.Memory;

namespace RagApp.ServiceDefaults.Telemetry;

internal static class LogLevels
{
    /// <summary>
    /// One request writes a dozen lines at Information in the framework, and traces say it better: Warning there,
    /// unless configuration (<c>Logging:LogLevel</c>) says otherwise, which has precedence.
    /// </summary>
    public static void AddQuietFrameworks(this IConfigurationBuilder configuration) =>
        configuration.Sources.Insert(0, new MemoryConfigurationSource
        {
            InitialData = new Dictionary<string, string?>(StringComparer.Ordinal)
            {
                ["Logging:LogLevel:Microsoft.AspNetCore"] = "Warning",
                ["Logging:LogLevel:System.Net.Http.HttpClient"] = "Warning",
                ["Logging:LogLevel:Polly"] = "None", // each attempt with its trace; who calls logs what came of them in one line
                ["Logging:LogLevel:StackExchange.Redis"] = "None", // each connection in thirty lines, and each loss of one with its trace; who calls says that Redis does not answer
                ["Logging:LogLevel:Garnet"] = "Warning",
                ["Logging:LogLevel:Garnet.ArgParser"] = "Error", // it warns that this log is used
            },
        });
}
