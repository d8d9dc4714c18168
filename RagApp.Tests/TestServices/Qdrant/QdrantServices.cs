using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using RagApp.Storage.Qdrant.Client;
using RagApp.Storage.Qdrant.Collections;
using RagApp.Storage.Qdrant.Membership;

namespace RagApp.Tests.TestServices.Qdrant;

/// <summary>Builds the services that talk to Qdrant, without the layers above them.</summary>
internal static class QdrantServices
{
    /// <param name="nodes">gRPC addresses of the nodes, separated by commas.</param>
    public static ServiceProvider Open(string nodes, TimeProvider time, params (string Key, string Value)[] settings)
    {
        var values = new Dictionary<string, string?> { ["Storage:Qdrant:Nodes"] = nodes };
        foreach (var (key, value) in settings)
            values[key] = value;
        return new ServiceCollection()
            .AddSingleton<IConfiguration>(new ConfigurationBuilder().AddInMemoryCollection(values).Build())
            .AddSingleton(time)
            .AddFakeLogging()
            .AddQdrantNodes()
            .AddQdrantCollections()
            .AddQdrantMembership()
            .BuildServiceProvider();
    }
}
