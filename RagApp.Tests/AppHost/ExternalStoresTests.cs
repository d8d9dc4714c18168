using Aspire.Hosting.ApplicationModel;
using Aspire.Hosting.Testing;

namespace RagApp.Tests.AppHost;

/// <summary>With external stores configured, the services receive the addresses of these stores.</summary>
public sealed class ExternalStoresTests
{
    [Theory]
    [InlineData("document-ingestion")]
    [InlineData("query-router")]
    public async Task CreateAsync_ExternalCluster_ServiceGetsAllOfItsAddresses(string service)
    {
        string[] arguments =
        [
            "--Gateway:Port=0", "--Stores:Mode=external", "--ConnectionStrings:redis=cache:6379",
            "--ConnectionStrings:qdrant=Endpoint=http://a:6334;Key=secret", "--ConnectionStrings:qdrant_http=Endpoint=http://a:6333;Key=secret",
            "--Storage:Qdrant:Nodes=http://a:6334,http://b:6334", $"--Parameters:identity-signing-key={new string('k', 48)}",
        ];

        await using var builder = await DistributedApplicationTestingBuilder.CreateAsync<Projects.RagApp_AppHost>(arguments, TestContext.Current.CancellationToken);
        var resource = builder.Resources.OfType<ProjectResource>().Single(project => project.Name == service);
        var given = new Dictionary<string, object>();
        foreach (var annotation in resource.Annotations.OfType<EnvironmentCallbackAnnotation>())
            await annotation.Callback(new EnvironmentCallbackContext(builder.ExecutionContext, resource, given, TestContext.Current.CancellationToken));

        (await ValueOfAsync("ConnectionStrings__redis")).ShouldBe("cache:6379");
        (await ValueOfAsync("ConnectionStrings__qdrant")).ShouldBe("Endpoint=http://a:6334;Key=secret");
        (await ValueOfAsync("ConnectionStrings__qdrant_http")).ShouldBe("Endpoint=http://a:6333;Key=secret");
        (await ValueOfAsync("Storage__Qdrant__Nodes")).ShouldBe("http://a:6334,http://b:6334");

        async Task<string?> ValueOfAsync(string name) =>
            given[name] is IValueProvider value ? await value.GetValueAsync(TestContext.Current.CancellationToken) : (string)given[name];
    }
}
