using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using RagApp.Models.Budgets;
using RagApp.Models.Chat;
using RagApp.Models.Pool;
using RagApp.Models.Providers.Http;

namespace RagApp.Models;

public static class ChatModelExtensions
{
    /// <summary>
    /// Registers <see cref="ConfiguredChatModel"/> with the models of the sections <c>Models:Chat</c> and <c>Chat</c>, or with none, and
    /// <see cref="RawChat"/>.
    /// </summary>
    public static IServiceCollection AddChatModel(this IHostApplicationBuilder builder)
    {
        var services = builder.Services;
        AddOptions(services, builder.Configuration.GetSection(ChatModelOptions.Section));
        return services
            .AddModelBudgets()
            .AddPoolServices(builder.Configuration)
            .AddSingleton(provider => new DeploymentPool(provider.GetRequiredService<PoolServices>()))
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
        if (!ModelEndpoint.IsConfigured(legacy))
            return;
        services.AddOptionsWithValidateOnStart<ChatModelOptions>().ValidateDataAnnotations()
            .Configure(options => options.UseLocal(legacy[nameof(ChatModelOptions.Local)]))
            .BindConfiguration(ChatModelOptions.Section);
    }

    private static ConfiguredChatModel CreateList(IServiceProvider services)
    {
        var catalogue = services.GetRequiredService<ChatCatalogue>();
        return new ConfiguredChatModel(() => catalogue.Current);
    }
}
