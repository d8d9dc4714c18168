using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using RagApp.Models.Budgets;
using RagApp.Models.Pool;
using RagApp.Models.Providers.Http;

namespace RagApp.Models.Rerank;

/// <summary>The configured reranker: that of section <c>Models:Rerank</c>, or that of section <c>Rerank</c> with one deployment.</summary>
internal sealed class RerankCatalogue : IDisposable
{
    private const string Path = "rerank";
    private const decimal SearchesOfAPrice = 1000;

    private readonly IConfiguration _configuration;
    private readonly IOptionsFactory<RerankEntryOptions> _entry;
    private readonly IOptionsFactory<RerankOptions> _legacy;
    private readonly DeploymentPool _pool;
    private readonly ConfigurationWatch _watch;
    private volatile RerankModel? _current;

    public RerankCatalogue(
        IConfiguration configuration, IOptionsFactory<RerankEntryOptions> entry, IOptionsFactory<RerankOptions> legacy, PoolServices services,
        ProviderConnections connections, ModelBudgets budgets, ILogger<RerankCatalogue> logger)
    {
        (_configuration, _entry, _legacy, _pool) = (configuration, entry, legacy, new DeploymentPool(services));
        Reranker = new PooledReranker(_pool, connections, budgets, () => _current!);
        Read();
        _watch = new ConfigurationWatch(configuration, Read, logger);
    }

    public IReranker Reranker { get; }

    /// <summary>True when one of the two sections configures a reranker.</summary>
    public static bool IsConfigured(IConfiguration configuration) => HasLegacy(configuration) || HasEntry(configuration);

    internal static bool HasLegacy(IConfiguration configuration) =>
        configuration.GetSection(RerankOptions.Section)[nameof(RerankOptions.Endpoint)] is { Length: > 0 };

    internal static bool HasEntry(IConfiguration configuration) =>
        configuration.GetSection($"{RerankEntryOptions.Section}:{nameof(RerankEntryOptions.Deployments)}").GetChildren().Any();

    public void Dispose()
    {
        _watch.Dispose();
        _pool.Dispose();
    }

    private void Read()
    {
        if (!HasEntry(_configuration))
        {
            var legacy = _legacy.Create(Options.DefaultName);
            Use(legacy.Model, legacy, [legacy.Deployment]);
            return;
        }
        var entry = _entry.Create(Options.DefaultName);
        Use(entry.Model, entry, [.. entry.Deployments.Select(deployment => Below(deployment.Value.Configure(deployment.Key, entry.Model ?? "", maxContextTokens: 0)))]);
    }

    private void Use(string? model, RerankPriceOptions price, IReadOnlyList<ConfiguredDeployment> deployments)
    {
        _pool.Configure(new Dictionary<string, IReadOnlyList<ConfiguredDeployment>>(StringComparer.Ordinal) { [PooledReranker.Unnamed] = deployments });
        var search = Money.MicroDollars((price.SearchPrice ?? 0) / SearchesOfAPrice);
        _current = new RerankModel(model, ModelPrice.PerMillion(price.InputPrice ?? 0, 0) with { Call = search });
    }

    /// <summary>The deployment with the address that documents are posted to.</summary>
    private static ConfiguredDeployment Below(ConfiguredDeployment configured) =>
        configured with { Deployment = configured.Deployment with { Endpoint = JsonEndpoint.Below(configured.Deployment.Endpoint, Path) } };
}
