using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using RagApp.Ingestion.Parsing;
using RagApp.Ingestion.Parsing.Members;

namespace RagApp.Tests.Ingestion.Parsing;

/// <summary>The real parsing components, composed as in the service, with settings of the test.</summary>
internal sealed class Parsers : IDisposable
{
    private readonly ServiceProvider _services;

    public Parsers(ParserOptions options, TimeProvider? time = null)
    {
        var services = new ServiceCollection();
        services.AddSingleton<IConfiguration>(new ConfigurationBuilder().Build());
        services.AddSingleton(time ?? TimeProvider.System);
        services.AddLogging();
        services.AddParsing();
        services.AddSingleton(Microsoft.Extensions.Options.Options.Create(options));
        _services = services.BuildServiceProvider();
    }

    public ChildProcessParser Parser => _services.GetRequiredService<ChildProcessParser>();

    public ParserPool Pool => _services.GetRequiredService<ParserPool>();

    public ParserLauncher Launcher => _services.GetRequiredService<ParserLauncher>();

    public IMemberReader Members => _services.GetRequiredService<IMemberReader>();

    public void Dispose() => _services.Dispose();
}
