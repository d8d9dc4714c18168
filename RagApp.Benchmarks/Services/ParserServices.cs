using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using RagApp.Ingestion.Parsing;

namespace RagApp.Benchmarks.Services;

/// <summary>The ingestion service's parser without the service.</summary>
internal static class ParserServices
{
    /// <param name="change">Change of the options that the environment gives; null for none.</param>
    public static ServiceProvider Create(Action<ParserOptions>? change = null)
    {
        var services = new ServiceCollection();
        services.AddSingleton<IConfiguration>(new ConfigurationBuilder().AddEnvironmentVariables().Build());
        services.AddSingleton(TimeProvider.System);
        services.AddLogging();
        services.AddParsing();
        if (change is not null)
            services.PostConfigure(change);
        return services.BuildServiceProvider();
    }
}
