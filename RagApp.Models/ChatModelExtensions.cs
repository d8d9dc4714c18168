using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using RagApp.Models.Budgets;
using RagApp.Models.Chat;
using RagApp.Models.Pool;
using RagApp.Models.Providers.Http;
using StackExchange.Redis;
using Telemetry = RagApp.Models.Pool.Telemetry;

namespace RagApp.Models;

public static class ChatModelExtensions
{
    private const string RedisName = "redis";

    /// <summary>
    /// Registers <see cref="ConfiguredChatModel"/> with the models of the sections <c>Models:Chat</c> and <c>Chat</c>, or with none, and
    /// <see cref="RawChat"/>.
    /// </summary>
    public static IServiceCollection AddChatModel(this IHostApplicationBuilder builder)
    {
        var services = builder.Services;
        AddOptions(services, builder.Configuration.GetSection(ChatModelOptions.Section));
        services.TryAddSingleton(TimeProvider.System);
        return services
            .AddModelBudgets()
            .AddDeploymentPool(builder.Configuration)
            .AddSingleton<ProviderConnections>()
            .AddSingleton(provider => new ChatClients(provider.GetRequiredService<ProviderConnections>(), provider.GetService<ILoggerFactory>()))
            .AddSingleton<ChatCatalogue>()
            .AddSingleton(provider => new RawChat(
                provider.GetRequiredService<ProviderConnections>(), provider.GetRequiredService<ChatClients>(), provider.GetRequiredService<TimeProvider>()))
            .AddSingleton(CreateList);
    }

    private static void AddOptions(IServiceCollection services, IConfigurationSection legacy)
    {
        services.AddOptionsWithValidateOnStart<ModelsOptions>().BindConfiguration(ModelsOptions.Section);
        services.AddSingleton<IValidateOptions<ModelsOptions>, ModelsOptionsCheck>();
        services.AddOptionsWithValidateOnStart<PoolOptions>().ValidateDataAnnotations().BindConfiguration(PoolOptions.Section);
        if (!ModelEndpoint.IsConfigured(legacy))
            return;
        services.AddOptionsWithValidateOnStart<ChatModelOptions>().ValidateDataAnnotations()
            .Configure(options => options.UseLocal(legacy[nameof(ChatModelOptions.Local)]))
            .BindConfiguration(ChatModelOptions.Section);
    }

    /// <summary>Registers the pool; replicas share its pauses when <c>ConnectionStrings:redis</c> is set.</summary>
    private static IServiceCollection AddDeploymentPool(this IServiceCollection services, IConfiguration configuration)
    {
        services.AddSingleton<Telemetry>();
        if (configuration.GetConnectionString(RedisName) is { Length: > 0 } redis)
        {
            services.TryAddSingleton<IConnectionMultiplexer>(_ => Connect(redis));
            services.AddSingleton(provider => new SharedCooldowns(
                provider.GetRequiredService<IConnectionMultiplexer>, provider.GetRequiredService<TimeProvider>(),
                provider.GetRequiredService<Telemetry>(), provider.GetRequiredService<ILogger<SharedCooldowns>>()));
        }
        services.AddSingleton(provider => new PoolServices(
            provider.GetRequiredService<IOptionsMonitor<PoolOptions>>(), provider.GetRequiredService<TimeProvider>(),
            provider.GetRequiredService<Telemetry>(), provider.GetRequiredService<ILogger<DeploymentPool>>(), provider.GetService<SharedCooldowns>()));
        return services.AddSingleton(provider => new DeploymentPool(provider.GetRequiredService<PoolServices>()));
    }

    /// <summary>Connects without failing when the server is away: calls fail until it is back, and the client reconnects by itself.</summary>
    private static ConnectionMultiplexer Connect(string redis)
    {
        var options = ConfigurationOptions.Parse(redis);
        options.AbortOnConnectFail = false;
        return ConnectionMultiplexer.Connect(options);
    }

    private static ConfiguredChatModel CreateList(IServiceProvider services)
    {
        var catalogue = services.GetRequiredService<ChatCatalogue>();
        return new ConfiguredChatModel(() => catalogue.Current);
    }
}
