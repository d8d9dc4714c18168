using System.Text.Json.Serialization.Metadata;
using Microsoft.Extensions.DependencyInjection;
using RagApp.Contracts;

namespace RagApp.ServiceDefaults.Json;

/// <summary>
/// JSON settings of every service: bodies are the records of RagApp.Contracts, and a repeated field or an undeclared value is
/// refused before an endpoint runs.
/// </summary>
internal static class ServiceJson
{
    public static IServiceCollection AddServiceJson(this IServiceCollection services) => services.ConfigureHttpJsonOptions(json =>
    {
        json.SerializerOptions.AllowDuplicateProperties = false;
        json.SerializerOptions.TypeInfoResolverChain.Insert(0, ContractsJson.Default.WithAddedModifier(DeclaredValues.Require));
    });
}
