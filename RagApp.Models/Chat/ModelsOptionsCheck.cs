using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.Options;
using RagApp.Models.Pool;

namespace RagApp.Models.Chat;

/// <summary>Validates the models of the pool; each message names the key that is wrong.</summary>
internal sealed class ModelsOptionsCheck(IConfiguration configuration) : IValidateOptions<ModelsOptions>
{
    private const string ChatSection = $"{ModelsOptions.Section}:{nameof(ModelsOptions.Chat)}";
    private const string AnyModel = $"{ChatSection}:MODEL";

    private static readonly ModelProvider[] Providers = [ModelProvider.OpenAI, ModelProvider.Azure, ModelProvider.Anthropic, ModelProvider.Ollama];

    public ValidateOptionsResult Validate(string? name, ModelsOptions options)
    {
        var failures = options.Chat.SelectMany(model => OfModel(model.Key, model.Value).Concat(OfCanary(model.Key, model.Value, options))).Concat(OfDefault(options)).Concat(OfRegions(options)).ToList();
        return failures.Count == 0 ? ValidateOptionsResult.Success : ValidateOptionsResult.Fail(failures);
    }

    private static IEnumerable<string> OfModel(string name, ChatEntryOptions model)
    {
        var path = $"{ChatSection}:{name}";
        foreach (var failure in DeploymentCheck.OfAnnotations(model))
            yield return failure.Replace(AnyModel, path, StringComparison.Ordinal);
        if (model.MaxOutputTokens >= model.MaxContextTokens)
            yield return $"{path}:MaxOutputTokens is less than {path}:MaxContextTokens: the prompt needs room too.";
        if (model.InputPrice is null != model.OutputPrice is null)
            yield return $"{path}:InputPrice and {path}:OutputPrice belong together: set both, or neither.";
        foreach (var failure in DeploymentCheck.Of($"{path}:{nameof(ChatEntryOptions.Deployments)}", model.Deployments, Providers))
            yield return failure;
    }

    private static IEnumerable<string> OfCanary(string name, ChatEntryOptions model, ModelsOptions options)
    {
        if (model.Canary is not { } canary)
            yield break;
        var path = $"{ChatSection}:{name}:{nameof(ChatEntryOptions.Canary)}";
        foreach (var failure in DeploymentCheck.OfAnnotations(canary))
            yield return failure.Replace($"{AnyModel}:{nameof(ChatEntryOptions.Canary)}", path, StringComparison.Ordinal);
        if (canary.Model.Length == 0)
            yield break;
        if (canary.Model == name || !options.Chat.TryGetValue(canary.Model, out var tried))
            yield return $"{path}:Model names no other entry of {ChatSection}.";
        else if (tried.MaxContextTokens < model.MaxContextTokens || tried.MaxOutputTokens < model.MaxOutputTokens)
            yield return $"{path}:Model names an entry with a smaller MaxContextTokens or MaxOutputTokens: prompts are made for {name} and have to fit both.";
    }

    private IEnumerable<string> OfDefault(ModelsOptions options)
    {
        var legacy = LegacyModel();
        if (legacy is not null && options.Chat.ContainsKey(legacy))
            yield return $"{ChatSection}:{legacy} has the name of the model of section Chat: remove that section, or rename the entry.";
        if (options.DefaultChat is { } named && named != legacy && !options.Chat.ContainsKey(named))
            yield return $"Models:DefaultChat names no chat model: it is one of the entries of {ChatSection}.";
        if (options is { DefaultChat: null, Chat.Count: > 1 } && legacy is null)
            yield return $"Models:DefaultChat is missing: say which entry of {ChatSection} answers requests that name no model.";
    }

    private IEnumerable<string> OfRegions(ModelsOptions options)
    {
        var legacy = LegacyModel();
        if ((options.DefaultChat ?? legacy ?? (options.Chat.Count == 1 ? options.Chat.Keys.Single() : null)) is not { } model)
            yield break;
        var regions = options.Chat.TryGetValue(model, out var entry)
            ? entry.Deployments.Values.Select(deployment => deployment.Region)
            : [configuration[$"{ChatModelOptions.Section}:{nameof(ChatModelOptions.Region)}"]];
        var key = entry is null ? $"{ChatModelOptions.Section}:{nameof(ChatModelOptions.Region)}" : $"{ChatSection}:{model}:{nameof(ChatEntryOptions.Deployments)}";
        foreach (var region in options.Regions.Except(regions.OfType<string>(), StringComparer.OrdinalIgnoreCase))
            yield return $"{key} has no deployment in the region {region} of Models:Regions: add one with that Region, or remove the region.";
    }

    /// <summary>Name of the model of section <c>Chat</c>; null when the section configures none.</summary>
    private string? LegacyModel()
    {
        var section = configuration.GetSection(ChatModelOptions.Section);
        return ModelEndpoint.IsConfigured(section) ? section[nameof(ChatModelOptions.Model)] ?? section[nameof(ChatModelOptions.Local)]?.Split('/', 2)[^1] : null;
    }
}
