using System.ComponentModel.DataAnnotations;

namespace RagApp.Models.Pool;

/// <summary>Validates the deployments of a model; each message names the key that is wrong.</summary>
internal static class DeploymentCheck
{
    /// <param name="path">Section of the deployments.</param>
    /// <param name="providers">The APIs that have this kind of model.</param>
    public static IEnumerable<string> Of(string path, IEnumerable<KeyValuePair<string, DeploymentOptions>> deployments, IReadOnlyList<ModelProvider> providers) =>
        deployments.SelectMany(deployment => Of($"{path}:{deployment.Key}", deployment.Value, providers));

    /// <summary>Errors of options by their annotations.</summary>
    public static IEnumerable<string> OfAnnotations(object options)
    {
        var results = new List<ValidationResult>();
        Validator.TryValidateObject(options, new ValidationContext(options), results, validateAllProperties: true);
        return results.Select(result => result.ErrorMessage!).Distinct(StringComparer.Ordinal);
    }

    /// <summary>True for an address that can be called.</summary>
    public static bool IsAddress(Uri endpoint) => endpoint is { IsAbsoluteUri: true, Scheme: "http" or "https" };

    private static IEnumerable<string> Of(string path, DeploymentOptions deployment, IReadOnlyList<ModelProvider> providers)
    {
        foreach (var failure in OfAnnotations(deployment))
            yield return failure.Replace(DeploymentOptions.Placeholder, $"{path}:", StringComparison.Ordinal);
        if (deployment.Provider.Length == 0)
            yield break;
        if (!providers.Any(provider => Word(provider) == deployment.Provider))
        {
            yield return $"{path}:Provider is {string.Join(", ", providers.SkipLast(1).Select(Word))} or {Word(providers[^1])}.";
            yield break;
        }
        var api = deployment.Api;
        if (deployment.Endpoint is { } endpoint && !IsAddress(endpoint))
            yield return $"{path}:Endpoint is an address that begins with https:// or http://.";
        if (deployment.Endpoint is null && api == ModelProvider.Azure)
            yield return $"{path}:Endpoint is missing: the address of the Azure resource, such as https://NAME.openai.azure.com.";
        if (deployment.Endpoint is null && api == ModelProvider.Tei)
            yield return $"{path}:Endpoint is missing: the address of the TEI server, such as http://127.0.0.1:8080.";
        foreach (var failure in OfKeys(path, deployment, api))
            yield return failure;
    }

    private static IEnumerable<string> OfKeys(string path, DeploymentOptions deployment, ModelProvider api)
    {
        if (deployment.ApiKey.Length > 0 && deployment.Keys.Count > 0)
            yield return $"{path}:ApiKey and {path}:Keys exclude each other: list all keys in Keys.";
        if (deployment.Keys.Any(string.IsNullOrWhiteSpace) || deployment.Keys.Distinct(StringComparer.Ordinal).Count() < deployment.Keys.Count)
            yield return $"{path}:Keys has an empty key or the same key twice.";
        var needsKey = api is ModelProvider.Azure or ModelProvider.Anthropic || (api is ModelProvider.OpenAI or ModelProvider.Cohere && deployment.Endpoint is null);
        if (needsKey && deployment.ApiKey.Length == 0 && deployment.Keys.Count == 0)
            yield return $"{path}:ApiKey is missing: the provider needs one.";
    }

    private static string Word(ModelProvider provider) => provider.ToString().ToLowerInvariant();
}
