using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using Microsoft.Extensions.Primitives;
using RagApp.Models.Budgets;
using RagApp.Models.Pool;

namespace RagApp.Models.Chat;

/// <summary>
/// The configured chat models: those of section <c>Models:Chat</c>, and those of section <c>Chat</c>, each with one deployment. When the
/// configuration changes, the pool gets the new deployments; a change that is wrong is logged and leaves everything as it is.
/// </summary>
internal sealed class ChatCatalogue : IDisposable
{
    /// <summary>Name of the only deployment of a model of section <c>Chat</c>.</summary>
    private const string OnlyDeployment = "chat";

    private readonly IConfiguration _configuration;
    private readonly IOptionsFactory<ModelsOptions> _models;
    private readonly IOptionsFactory<ChatModelOptions> _legacy;
    private readonly DeploymentPool _pool;
    private readonly ChatClients _clients;
    private readonly ModelBudgets _budgets;
    private readonly PriceList _prices;
    private readonly ILogger<ChatCatalogue> _logger;
    private readonly IDisposable _changes;
    private volatile ChatModelList? _current;

    public ChatCatalogue(
        IConfiguration configuration, IOptionsFactory<ModelsOptions> models, IOptionsFactory<ChatModelOptions> legacy, DeploymentPool pool,
        ChatClients clients, ModelBudgets budgets, PriceList prices, ILogger<ChatCatalogue> logger)
    {
        (_configuration, _models, _legacy, _pool, _logger) = (configuration, models, legacy, pool, logger);
        (_clients, _budgets, _prices) = (clients, budgets, prices);
        _current = Read();
        _changes = ChangeToken.OnChange(configuration.GetReloadToken, Reload);
    }

    public ChatModelList Current => _current!;

    public void Dispose() => _changes.Dispose();

    private void Reload()
    {
        try
        {
            _current = Read();
        }
        catch (Exception exception) when (exception is OptionsValidationException or InvalidOperationException)
        {
            _logger.ChangeRefused(exception.Message);
        }
    }

    private ChatModelList Read()
    {
        var models = _models.Create(Options.DefaultName);
        var entries = models.Chat.Select(entry => OfEntry(entry.Key, entry.Value)).ToList();
        if (ModelEndpoint.IsConfigured(_configuration.GetSection(ChatModelOptions.Section)))
            entries.InsertRange(0, OfLegacy(_legacy.Create(Options.DefaultName)));
        _pool.Configure(entries.ToDictionary(entry => entry.Model.Id, entry => entry.Deployments));
        return new ChatModelList([.. entries.Select(entry => entry.Model).OrderByDescending(model => model.Id == models.DefaultChat)]);
    }

    private Entry OfEntry(string name, ChatEntryOptions entry)
    {
        var model = new ChatModel(_pool, _clients, _budgets)
        {
            Id = name,
            MaxContextTokens = entry.MaxContextTokens,
            MaxOutputTokens = entry.MaxOutputTokens,
            Tokenizer = entry.Tokenizer,
            Canary = entry.Canary is { } trial ? CanaryOf(name, trial) : null,
            PriceNow = () => entry is { InputPrice: { } input, OutputPrice: { } output } ? ModelPrice.PerMillion(input, output) : _prices.For(name),
        };
        return new Entry(model, [.. entry.Deployments.Select(deployment => OfDeployment(deployment.Key, deployment.Value, model))]);
    }

    /// <summary>The trial that runs, so that one that has ended stays ended; a new one when its settings are others.</summary>
    private Canary CanaryOf(string name, CanaryOptions options) =>
        _current?.All.FirstOrDefault(model => model.Id == name)?.Canary is { } running && running.Options == options
            ? running
            : new Canary(name, options, _pool.Services, _logger);

    private static ConfiguredDeployment OfDeployment(string name, DeploymentOptions options, ChatModel model)
    {
        var provider = Enum.Parse<ModelProvider>(options.Provider, ignoreCase: true);
        var deployment = new Deployment(name, provider, options.Endpoint ?? ModelEndpoint.Of(provider), options.Model ?? model.Id)
        {
            Region = options.Region,
            RequestsPerMinute = options.RequestsPerMinute,
            TokensPerMinute = options.TokensPerMinute,
            Weight = options.Weight,
            Tier = options.Tier,
            Timeout = options.Timeout,
            MaxContextTokens = model.MaxContextTokens,
        };
        return new ConfiguredDeployment(deployment, options.Keys.Count > 0 ? [.. options.Keys] : [options.ApiKey]);
    }

    private IEnumerable<Entry> OfLegacy(ChatModelOptions options) => options.Others.Prepend(options).Select(limits =>
    {
        var model = new ChatModel(_pool, _clients, _budgets)
        {
            Id = limits.Model,
            MaxContextTokens = limits.MaxContextTokens,
            MaxOutputTokens = limits.MaxOutputTokens,
            Tokenizer = limits.Tokenizer,
            PriceNow = () => _prices.For(limits.Model),
        };
        var deployment = new Deployment(OnlyDeployment, ModelProvider.OpenAI, options.Endpoint, limits.Model)
        {
            Region = options.Region,
            Timeout = options.Timeout,
            MaxContextTokens = limits.MaxContextTokens,
        };
        return new Entry(model, [new ConfiguredDeployment(deployment, [options.ApiKey])]);
    });

    private sealed record Entry(ChatModel Model, IReadOnlyList<ConfiguredDeployment> Deployments);
}
