using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using RagApp.Models.Budgets;
using RagApp.Models.Pool;
using RagApp.Models.Providers.Http;

namespace RagApp.Models.Embeddings;

/// <summary>
/// The embedding models of providers: those of section <c>Models:Embeddings</c>, and those of <c>Embedding:Provider</c> and
/// <c>Embedding:Providers</c>, each with one deployment. Which models there are is decided at the start; their deployments and prices
/// follow the configuration.
/// </summary>
public sealed class EmbeddingCatalogue : IDisposable
{
    /// <summary>Beginning of the names of OpenAI's embedding models, which all have the same encoding.</summary>
    private const string OpenAIFamily = "text-embedding-";

    private const string OpenAIEncoding = "cl100k_base";

    private readonly IReadOnlyList<string> _sections;
    private readonly IOptionsFactory<EmbeddingModelsOptions> _models;
    private readonly IOptionsFactory<EmbeddingProviderOptions> _providers;
    private readonly ProviderConnections _connections;
    private readonly DeploymentPool _pool;
    private readonly ConfigurationWatch _watch;
    private volatile IReadOnlyDictionary<string, ModelPrice> _prices = new Dictionary<string, ModelPrice>(StringComparer.Ordinal);

    internal EmbeddingCatalogue(
        IConfiguration configuration, IReadOnlyList<string> sections, IOptionsFactory<EmbeddingModelsOptions> models,
        IOptionsFactory<EmbeddingProviderOptions> providers, PoolServices pool, ProviderConnections connections, ILogger<EmbeddingCatalogue> logger)
    {
        (_sections, _models, _providers, _connections) = (sections, models, providers, connections);
        _pool = new DeploymentPool(pool);
        Models = [.. Read().Select(ModelOf)];
        Default = models.Create(Options.DefaultName).DefaultEmbedding ?? (sections.Contains(EmbeddingProviderOptions.Section) ? Models[0].Id : null);
        _watch = new ConfigurationWatch(configuration, () => Read(), logger);
    }

    /// <summary>The models: that of <c>Embedding:Provider</c> first.</summary>
    public IReadOnlyList<ProviderModel> Models { get; }

    /// <summary>Name of the model for tenants without an index, which may also be one of this service's own; null when none is configured.</summary>
    public string? Default { get; }

    public void Dispose()
    {
        _watch.Dispose();
        _pool.Dispose();
    }

    private List<Entry> Read()
    {
        var entries = _sections.Select(OfSection).Concat(_models.Create(Options.DefaultName).Embeddings.Select(OfEntry)).ToList();
        if (entries.GroupBy(entry => entry.Id, StringComparer.Ordinal).FirstOrDefault(same => same.Count() > 1) is { Key: var twice })
            throw new InvalidOperationException($"Two embedding models are called '{twice}': rename one of Models:Embeddings, Embedding:Provider and Embedding:Providers.");
        _pool.Configure(entries.ToDictionary(entry => entry.Id, entry => entry.Deployments, StringComparer.Ordinal));
        _prices = entries.ToDictionary(entry => entry.Id, entry => ModelPrice.PerMillion(entry.Options.InputPrice ?? 0, 0), StringComparer.Ordinal);
        return entries;
    }

    private Entry OfSection(string section)
    {
        var options = _providers.Create(section);
        return new Entry(options.Model, section, options, [options.Deployment.Configure(EmbeddingProviderOptions.OnlyDeployment, options.Model, options.MaxTokens)]);
    }

    private static Entry OfEntry(KeyValuePair<string, EmbeddingEntryOptions> entry) => new(
        entry.Key, $"{EmbeddingModelsOptions.Section}:{nameof(EmbeddingModelsOptions.Embeddings)}:{entry.Key}", entry.Value,
        [.. entry.Value.Deployments.Select(deployment => deployment.Value.Configure(deployment.Key, entry.Key, entry.Value.MaxTokens))]);

    private ProviderModel ModelOf(Entry entry) => new(
        entry.Id, entry.Options, EncodingOf(entry), EmbeddingCallLimits.Of(entry.Options, entry.Deployments.Select(one => one.Deployment.Provider)),
        new PooledEmbeddings(_pool, _connections, entry.Id, entry.Options.Dimension, entry.Section),
        () => _prices.GetValueOrDefault(entry.Id, ModelPrice.Free));

    /// <summary>The model's name may begin with the provider's (<c>openai/text-embedding-3-small</c>).</summary>
    private static string? EncodingOf(Entry entry) =>
        entry.Options.Tokenizer
        ?? (entry.Deployments.All(one => one.Deployment.Provider is ModelProvider.OpenAI or ModelProvider.Azure)
            && entry.Id[(entry.Id.LastIndexOf('/') + 1)..].StartsWith(OpenAIFamily, StringComparison.OrdinalIgnoreCase)
                ? OpenAIEncoding
                : null);

    private sealed record Entry(string Id, string Section, EmbeddingModelOptions Options, IReadOnlyList<ConfiguredDeployment> Deployments);
}
