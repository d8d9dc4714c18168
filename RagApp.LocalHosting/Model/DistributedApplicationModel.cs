using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.Hosting;

namespace Aspire.Hosting.ApplicationModel;

/// <summary>The finished model, as the runner and the manifest writer see it.</summary>
internal sealed class DistributedApplicationModel(IList<IResource> resources, string appHostDirectory, IHostEnvironment environment, IConfiguration configuration)
{
    public IReadOnlyList<Resource> Resources { get; } = [.. resources.Cast<Resource>()];

    public string AppHostDirectory => appHostDirectory;

    public bool IsDevelopment => environment.IsDevelopment();

    public IConfiguration Configuration => configuration;

    /// <summary>The application's name: the AppHost's without its ending.</summary>
    public string Name => environment.ApplicationName.EndsWith(".AppHost", StringComparison.Ordinal)
        ? environment.ApplicationName[..^".AppHost".Length]
        : environment.ApplicationName;
}
