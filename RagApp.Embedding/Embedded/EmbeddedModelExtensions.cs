using Microsoft.Extensions.AI;
using Microsoft.Extensions.Options;
using RagApp.Contracts.Embeddings;
using RagApp.Embedding.Api;
using RagApp.Embedding.Scheduling;

namespace RagApp.Embedding.Embedded;

internal static class EmbeddedModelExtensions
{
    /// <summary>Serves the model of the folder that <c>Embedding:ModelPath</c> names.</summary>
    public static EmbeddingGeneratorBuilder<string, Embedding<float>> AddEmbeddedModel(this IServiceCollection services)
    {
        services.AddOptionsWithValidateOnStart<EmbeddedModelOptions, EmbeddedModelOptionsValidator>()
            .BindConfiguration(EmbeddedModelOptions.Section);
        services.AddOptionsWithValidateOnStart<SchedulingOptions, SchedulingOptionsValidator>()
            .BindConfiguration(SchedulingOptions.Section);

        services.AddSingleton(provider =>
            ModelFolder.Open(provider.GetRequiredService<IOptions<EmbeddedModelOptions>>().Value.FullPath));
        services.AddSingleton(provider => UnigramTokenizer.Load(provider.GetRequiredService<ModelFolder>()));
        services.AddSingleton(provider => Describe(
            provider.GetRequiredService<ModelFolder>().Description, provider.GetRequiredService<UnigramTokenizer>()));

        services.AddSingleton<RunQueue>();
        services.AddSingleton<RunScheduler>();
        services.AddHostedService<EmbeddedModelLoader>();

        services.AddSingleton<EmbeddedGenerator>();
        return services.AddEmbeddingGenerator(provider => provider.GetRequiredService<EmbeddedGenerator>());
    }

    private static ServedModel Describe(ModelDescription model, UnigramTokenizer tokenizer) => new(
        new EmbeddingModel(model.Id, model.Dimension, model.MaxTokens, model.FusionWeight),
        model.QueryPrefix,
        model.PassagePrefix,
        text => tokenizer.Encode(text).Length);
}
