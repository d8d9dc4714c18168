using RagApp.Contracts.Embeddings;
using RagApp.Embedding.Scheduling;
using RagApp.Embedding.Serving;

namespace RagApp.Embedding.Embedded;

internal static class EmbeddedModelExtensions
{
    /// <summary>Registers the models of the folders in <c>Embedding:ModelPath</c> and <c>Embedding:ModelPaths</c>.</summary>
    public static IServiceCollection AddEmbeddedModels(this IServiceCollection services)
    {
        services.AddOptionsWithValidateOnStart<EmbeddedModelOptions, EmbeddedModelOptionsValidator>()
            .BindConfiguration(EmbeddedModelOptions.Section);
        services.AddOptionsWithValidateOnStart<SchedulingOptions>().ValidateDataAnnotations()
            .BindConfiguration(SchedulingOptions.Section);
        services.AddSingleton<EmbeddedModels>();
        services.AddSingleton<RunQueue>();
        services.AddSingleton<RunScheduler>();
        services.AddHostedService<EmbeddedModelLoader>();
        return services;
    }

    public static IEnumerable<ServedModel> Serve(IServiceProvider services)
    {
        var scheduler = services.GetRequiredService<RunScheduler>();
        return services.GetRequiredService<EmbeddedModels>().All.Select(model => Serve(model, scheduler));
    }

    private static ServedModel Serve(EmbeddedModel model, RunScheduler scheduler) => new(
        new EmbeddingModel(model.Description.Id, model.Description.Dimension, model.Description.MaxTokens, model.Description.FusionWeight)
        {
            AnswerSimilarity = model.Description.AnswerSimilarity,
        },
        model.Description.QueryPrefix,
        model.Description.PassagePrefix,
        text => model.Tokenizer.Encode(text).Length,
        new EmbeddedGenerator(model, scheduler));
}
