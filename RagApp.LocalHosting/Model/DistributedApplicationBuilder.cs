using System.Reflection;
using Aspire.Hosting.ApplicationModel;
using Aspire.Hosting.Publish;
using Aspire.Hosting.Run;
using Microsoft.Extensions.Configuration.UserSecrets;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace Aspire.Hosting;

internal sealed class DistributedApplicationBuilder : IDistributedApplicationBuilder
{
    private readonly HostApplicationBuilder _host;

    /// <param name="args">The command line; its settings win over all others.</param>
    /// <param name="appHost">The AppHost's assembly: the build notes its project folder and user secrets there.</param>
    public DistributedApplicationBuilder(string[] args, Assembly? appHost)
    {
        AppHostDirectory = appHost?.GetCustomAttributes<AssemblyMetadataAttribute>().FirstOrDefault(a => a.Key == "AppHostProjectPath")?.Value
            ?? Directory.GetCurrentDirectory();
        _host = new HostApplicationBuilder(new HostApplicationBuilderSettings
        {
            Args = args,
            ApplicationName = appHost?.GetName().Name,
            ContentRootPath = AppHostDirectory,
        });
        ExecutionContext = new DistributedApplicationExecutionContext(
            Configuration["Publishing:Publisher"] is not null || Configuration["publisher"] is not null || Configuration["operation"] is "publish");
        var secretsId = appHost?.GetCustomAttribute<UserSecretsIdAttribute>()?.UserSecretsId;
        UserSecrets = new UserSecrets(secretsId is null ? null : PathHelper.GetSecretsPathFromSecretsId(secretsId));
        QuietFrameworkLogs(_host.Logging);
    }

    public ConfigurationManager Configuration => _host.Configuration;

    public string AppHostDirectory { get; }

    public IHostEnvironment Environment => _host.Environment;

    public DistributedApplicationExecutionContext ExecutionContext { get; }

    public IServiceCollection Services => _host.Services;

    public IList<IResource> Resources { get; } = [];

    internal UserSecrets UserSecrets { get; }

    public IResourceBuilder<T> AddResource<T>(T resource)
        where T : IResource
    {
        if (Resources.Any(r => string.Equals(r.Name, resource.Name, StringComparison.OrdinalIgnoreCase)))
        {
            throw new DistributedApplicationException(
                $"Cannot add resource of type '{resource.GetType()}' with name '{resource.Name}' because a resource with that name already exists.");
        }

        Resources.Add(resource);
        return new ResourceBuilder<T>(this, resource);
    }

    public DistributedApplication Build()
    {
        var model = new DistributedApplicationModel(Resources, AppHostDirectory, Environment, Configuration);
        _host.Services.AddSingleton(model);
        if (ExecutionContext.IsPublishMode)
            _host.Services.AddManifestPublisher();
        else
            _host.Services.AddLocalRun(Configuration);
        return new DistributedApplication(_host.Build());
    }

    private static void QuietFrameworkLogs(ILoggingBuilder logging)
    {
        logging.AddFilter("Microsoft", LogLevel.Warning);
        logging.AddFilter("Grpc", LogLevel.Error);
        // What stops the start is thrown to the AppHost, which says it in one sentence.
        logging.AddFilter("Microsoft.Extensions.Hosting.Internal.Host", LogLevel.None);
    }
}
