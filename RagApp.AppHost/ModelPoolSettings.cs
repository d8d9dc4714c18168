using Microsoft.Extensions.Configuration;

namespace RagApp.AppHost;

/// <summary>
/// The settings of models and budgets, sections <c>Models</c> and <c>Budgets</c>, which a run passes on to the services that call
/// models. API keys are secret parameters.
/// </summary>
internal sealed class ModelPoolSettings
{
    private static readonly string[] Sections = ["Models", "Budgets"];

    private readonly List<(string Variable, string Value)> _plain = [];
    private readonly List<(string Variable, IResourceBuilder<ParameterResource> Value)> _secret = [];

    public static ModelPoolSettings AddTo(IDistributedApplicationBuilder builder)
    {
        var settings = new ModelPoolSettings();
        if (!builder.ExecutionContext.IsRunMode)
            return settings;
        foreach (var (key, value) in Sections.SelectMany(section => builder.Configuration.GetSection(section).AsEnumerable()).Where(setting => setting.Value is { Length: > 0 }))
        {
            var variable = key.Replace(":", "__", StringComparison.Ordinal);
            if (IsSecret(key.Split(':')))
                settings._secret.Add((variable, builder.AddParameter($"model-key-{settings._secret.Count + 1}", () => value!, secret: true).WithHidden()));
            else
                settings._plain.Add((variable, value!));
        }
        return settings;
    }

    public IResourceBuilder<ProjectResource> GiveTo(IResourceBuilder<ProjectResource> service)
    {
        foreach (var (variable, value) in _plain)
            service.WithEnvironment(variable, value);
        foreach (var (variable, value) in _secret)
            service.WithEnvironment(variable, value);
        return service;
    }

    private static bool IsSecret(string[] segments) => segments[^1] == "ApiKey" || segments is [.., "Keys", _];
}

internal static class ModelPoolReferences
{
    /// <summary>Gives the service the settings of the model pool.</summary>
    public static IResourceBuilder<ProjectResource> WithModelPool(this IResourceBuilder<ProjectResource> service, ModelPoolSettings settings) =>
        settings.GiveTo(service);
}
