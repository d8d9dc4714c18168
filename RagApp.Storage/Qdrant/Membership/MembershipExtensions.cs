using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Options;
using RagApp.Storage.Qdrant.Client;

namespace RagApp.Storage.Qdrant.Membership;

internal static class MembershipExtensions
{
    /// <summary>Registers the care for the cluster's nodes, which is used only when the options name a cluster.</summary>
    public static IServiceCollection AddQdrantMembership(this IServiceCollection services)
    {
        services.AddQdrantNodes();
        services.TryAddSingleton(provider => new QdrantMembership(provider.GetRequiredService<QdrantNodes>(), provider.GetRequiredService<QdrantRest>()));
        services.TryAddSingleton(provider => new ShardCopies(provider.GetRequiredService<IOptions<QdrantOptions>>()));
        return services;
    }
}
