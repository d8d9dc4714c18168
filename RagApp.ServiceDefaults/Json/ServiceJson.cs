using System.Text.Json.Serialization.Metadata;
using Microsoft.Extensions.DependencyInjection;
using RagApp.Contracts;

namespace RagApp.ServiceDefaults.Json;

/// <summary>
/// How every service reads and writes bodies: the records of RagApp.Contracts, with no field twice and no
/// value that they do not declare, so that no endpoint meets one.
/// </summary>
internal static class ServiceJson
{
    public static IServiceCollection AddServiceJson(this IServiceCollection services) => services.ConfigureHttpJsonOptions(json =>
    {
        json.SerializerOptions.AllowDuplicateProperties = false;
        json.SerializerOptions.TypeInfoResolverChain.Insert(0, ContractsJson.Default.WithAddedModifier(DeclaredValues.Demand));
    });
}
