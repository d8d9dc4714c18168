using Microsoft.Extensions.Options;
using RagApp.Embedding.Cache;
using RagApp.Embedding.Embedded;

namespace RagApp.Embedding.Reading;

internal static class ReadingExtensions
{
    /// <summary>Registers the reader of the folder in <c>Embedding:Reader:Path</c>; without a folder, <c>POST /v1/read</c> answers 404.</summary>
    public static void AddReading(this IHostApplicationBuilder builder)
    {
        var services = builder.Services;
        services.AddOptionsWithValidateOnStart<ReaderOptions, ReaderOptionsValidator>().ValidateDataAnnotations().BindConfiguration(ReaderOptions.Section);
        var options = builder.Configuration.GetSection(ReaderOptions.Section).Get<ReaderOptions>() ?? new ReaderOptions();
        if (options.Path.Length == 0)
            return;
        services.AddSingleton(provider => new EmbeddedReader(
            ReaderFolder.Open(provider.GetRequiredService<IOptions<ReaderOptions>>().Value.FullPath),
            provider.GetRequiredService<IOptions<EmbeddedModelOptions>>().Value.ExecutionProvider));
        services.AddSingleton<PassageReader>();
        // without Redis there is no cache
        if (services.Any(service => service.ServiceType == typeof(NumbersCache)))
            services.AddSingleton<ReadingCache>();
        services.AddHostedService<ReaderLoader>();
    }
}

/// <summary>Loads the reader before the service listens. A reader that cannot be loaded ends the start with the reason.</summary>
internal sealed class ReaderLoader(EmbeddedReader reader, ILogger<ReaderLoader> logger) : IHostedService
{
    public Task StartAsync(CancellationToken cancellationToken)
    {
        reader.Load();
        logger.ReaderLoaded(reader.Description.Id, reader.Folder);
        return Task.CompletedTask;
    }

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;
}
