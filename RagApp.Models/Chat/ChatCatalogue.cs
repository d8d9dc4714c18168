using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
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
    private readonly ILogger<ChatCatalogue> _logger;
    private readonly ConfigurationWatch _watch;
    private volatile ChatModelList? _current;

    public ChatCatalogue(
        IConfiguration configuration, IOptionsFactory<ModelsOptions> models, IOptionsFactory<ChatModelOptions> legacy, DeploymentPool pool,
        ChatClients clients, ModelBudgets budgets, ILogger<ChatCatalogue> logger)
    {
        (_configuration, _models, _legacy, _pool, _logger) = (configuration, models, legacy, pool, logger);
        (_clients, _budgets) = (clients, budgets);
        _current = Read();
        _watch = new ConfigurationWatch(configuration, () => _current = Read(), logger);
    }

    public ChatModelList Current => _current!;

    public void Dispose() => _watch.Dispose();

    private ChatModelList Read()
    {
        var models = _models.Create(Options.DefaultName);
        var entries = new List<Entry>();
        entries.AddRange(models.Chat.Select(entry => OfEntry(entry.Key, entry.Value, name => entries.Single(other => other.Model.Id == name).Model)));
        if (ModelEndpoint.IsConfigured(_configuration.GetSection(ChatModelOptions.Section)))
            entries.InsertRange(0, OfLegacy(_legacy.Create(Options.DefaultName)));
        _pool.Configure(entries.ToDictionary(entry => entry.Model.Id, entry => entry.Deployments));
        return new ChatModelList([.. entries.Select(entry => entry.Model).OrderByDescending(model => model.Id == models.DefaultChat)]);
    }

    /// <param name="modelOf">Finds another model of the list once the list is complete.</param>
    private Entry OfEntry(string name, ChatEntryOptions entry, Func<string, ChatModel> modelOf)
    {
        var model = new ChatModel(_pool, _clients, _budgets)
        {
            Id = name,
            MaxContextTokens = entry.MaxContextTokens,
            MaxOutputTokens = entry.MaxOutputTokens,
            Tokenizer = entry.Tokenizer,
            Canary = entry.Canary is { } trial ? CanaryOf(name, trial) : null,
            Tried = entry.Canary is { Model: var tried } ? new Lazy<ChatModel>(() => modelOf(tried)) : null,
            Price = ModelPrice.PerMillion(entry.InputPrice ?? 0, entry.OutputPrice ?? 0),
        };
        return new Entry(model, [.. entry.Deployments.Select(deployment => deployment.Value.Configure(deployment.Key, name, entry.MaxContextTokens))]);
    }

    /// <summary>The trial that runs, so that one that has ended stays ended; a new one when its settings are others.</summary>
    private Canary CanaryOf(string name, CanaryOptions options) =>
        _current?.All.FirstOrDefault(model => model.Id == name)?.Canary is { } running && running.Options == options
            ? running
            : new Canary(name, options, _pool.Services, _logger);

    private IEnumerable<Entry> OfLegacy(ChatModelOptions options) => options.Others.Prepend(options).Select(limits =>
    {
        var model = new ChatModel(_pool, _clients, _budgets)
        {
            Id = limits.Model,
            MaxContextTokens = limits.MaxContextTokens,
            MaxOutputTokens = limits.MaxOutputTokens,
            Tokenizer = limits.Tokenizer,
            Price = ModelPrice.PerMillion(limits.InputPrice ?? 0, limits.OutputPrice ?? 0),
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
