using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.Options;
using RagApp.Models.Pool;

namespace RagApp.Models.Embeddings;

/// <summary>Validates the embedding models; each message names the key that is wrong.</summary>
internal sealed class EmbeddingModelCheck(IConfiguration configuration) : IValidateOptions<EmbeddingModelsOptions>, IValidateOptions<EmbeddingProviderOptions>
{
    private const string EmbeddingsSection = $"{EmbeddingModelsOptions.Section}:{nameof(EmbeddingModelsOptions.Embeddings)}";

    private static readonly ModelProvider[] Providers = [ModelProvider.OpenAI, ModelProvider.Azure, ModelProvider.Cohere, ModelProvider.Tei, ModelProvider.Ollama];

    public ValidateOptionsResult Validate(string? name, EmbeddingModelsOptions options) =>
        ResultOf(options.Embeddings.SelectMany(model => OfEntry($"{EmbeddingsSection}:{model.Key}", model.Value)).Concat(OfRegions(options)));

    public ValidateOptionsResult Validate(string? name, EmbeddingProviderOptions options)
    {
        var one = new Dictionary<string, DeploymentOptions>(StringComparer.Ordinal) { [EmbeddingProviderOptions.OnlyDeployment] = options.Deployment };
        return ResultOf(OfAnnotations(name!, options)
            .Concat(DeploymentCheck.Of(name!, one, Providers).Select(failure => failure.Replace($"{name}:{EmbeddingProviderOptions.OnlyDeployment}:", $"{name}:", StringComparison.Ordinal)))
            .Distinct(StringComparer.Ordinal));
    }

    private static IEnumerable<string> OfEntry(string path, EmbeddingEntryOptions model) =>
        OfAnnotations(path, model).Concat(DeploymentCheck.Of($"{path}:{nameof(EmbeddingEntryOptions.Deployments)}", model.Deployments, Providers));

    private static IEnumerable<string> OfAnnotations(string path, EmbeddingModelOptions model) =>
        DeploymentCheck.OfAnnotations(model).Select(failure => failure.Replace(EmbeddingModelOptions.Placeholder, $"{path}:", StringComparison.Ordinal));

    /// <summary>Checks that a provider's model that tenants get has a deployment wherever their text has to stay.</summary>
    private IEnumerable<string> OfRegions(EmbeddingModelsOptions options)
    {
        var section = configuration.GetSection(EmbeddingProviderOptions.Section);
        if (options.DefaultEmbedding is { } name)
        {
            return options.Embeddings.TryGetValue(name, out var entry)
                ? Missing($"{EmbeddingsSection}:{name}:{nameof(EmbeddingEntryOptions.Deployments)}", options.Regions, [.. entry.Deployments.Values.Select(deployment => deployment.Region)])
                : [];
        }
        return EmbeddingProviderExtensions.IsConfigured(section)
            ? Missing($"{section.Path}:{nameof(EmbeddingProviderOptions.Region)}", options.Regions, [section[nameof(EmbeddingProviderOptions.Region)]])
            : [];
    }

    private static IEnumerable<string> Missing(string key, IEnumerable<string> needed, string?[] served) =>
        needed.Except(served.OfType<string>(), StringComparer.OrdinalIgnoreCase)
            .Select(region => $"{key} has no deployment in the region {region} of Models:Regions: add one with that Region, or remove the region.");

    private static ValidateOptionsResult ResultOf(IEnumerable<string> failures)
    {
        var all = failures.ToList();
        return all.Count == 0 ? ValidateOptionsResult.Success : ValidateOptionsResult.Fail(all);
    }
}
