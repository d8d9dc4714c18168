using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.Options;
using RagApp.Models.Pool;

namespace RagApp.Models.Rerank;

/// <summary>Validates the options of the reranker; each message names the key that is wrong.</summary>
internal sealed class RerankCheck(IConfiguration configuration) : IValidateOptions<RerankOptions>, IValidateOptions<RerankEntryOptions>
{
    private static readonly ModelProvider[] Providers = [ModelProvider.Cohere, ModelProvider.Tei];

    public ValidateOptionsResult Validate(string? name, RerankOptions options)
    {
        var failures = OfAnnotations(RerankOptions.Section, options).ToList();
        if (!Providers.Any(provider => provider.ToString().Equals(options.Provider, StringComparison.OrdinalIgnoreCase)))
            failures.Add($"{RerankOptions.Section}:{nameof(RerankOptions.Provider)} is cohere or tei.");
        if (options.Endpoint is { } endpoint && !DeploymentCheck.IsAddress(endpoint))
            failures.Add($"{RerankOptions.Section}:{nameof(RerankOptions.Endpoint)} is an address that begins with https:// or http://.");
        return ResultOf(failures);
    }

    public ValidateOptionsResult Validate(string? name, RerankEntryOptions options) => ResultOf(
    [
        .. OfAnnotations(RerankEntryOptions.Section, options),
        .. RerankCatalogue.HasLegacy(configuration)
            ? [$"{RerankEntryOptions.Section} and {RerankOptions.Section}:{nameof(RerankOptions.Endpoint)} exclude each other: remove one of them."]
            : Array.Empty<string>(),
        .. DeploymentCheck.Of($"{RerankEntryOptions.Section}:{nameof(RerankEntryOptions.Deployments)}", options.Deployments, Providers),
    ]);

    private static IEnumerable<string> OfAnnotations(string section, RerankPriceOptions options) =>
        DeploymentCheck.OfAnnotations(options).Select(failure => failure.Replace(RerankPriceOptions.Placeholder, $"{section}:", StringComparison.Ordinal));

    private static ValidateOptionsResult ResultOf(List<string> failures) =>
        failures.Count == 0 ? ValidateOptionsResult.Success : ValidateOptionsResult.Fail(failures);
}
