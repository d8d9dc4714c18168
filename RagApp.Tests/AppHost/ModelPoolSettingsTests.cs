using Aspire.Hosting.ApplicationModel;
using Aspire.Hosting.Testing;

namespace RagApp.Tests.AppHost;

/// <summary>The settings of models and budgets reach the services that call models, the keys as secret parameters.</summary>
public sealed class ModelPoolSettingsTests
{
    [Theory]
    [InlineData("api-gateway", true)]
    [InlineData("query-router", true)]
    [InlineData("document-ingestion", false)]
    public async Task CreateAsync_ModelsConfigured_ServicesThatCallThemGetThem(string service, bool expected)
    {
        string[] arguments =
        [
            "--Gateway:Port=0", "--Stores:Mode=external", "--ConnectionStrings:redis=cache:6379", "--ConnectionStrings:qdrant=Endpoint=http://a:6334;Key=secret",
            "--ConnectionStrings:qdrant_http=Endpoint=http://a:6333;Key=secret", $"--Parameters:identity-signing-key={new string('k', 48)}",
            "--Models:Regions:0=eu", "--Models:Chat:gpt:Deployments:main:Provider=openai", "--Models:Chat:gpt:Deployments:main:Region=eu",
            "--Models:Chat:gpt:Deployments:main:Keys:0=sk-first", "--Models:Chat:gpt:Deployments:other:ApiKey=sk-second",
            "--Budgets:Limits:0:Dollars=60",
        ];

        await using var builder = await DistributedApplicationTestingBuilder.CreateAsync<Projects.RagApp_AppHost>(arguments, Cancellation);
        var resource = builder.Resources.OfType<ProjectResource>().Single(project => project.Name == service);
        var given = new Dictionary<string, object>();
        foreach (var annotation in resource.Annotations.OfType<EnvironmentCallbackAnnotation>())
            await annotation.Callback(new EnvironmentCallbackContext(builder.ExecutionContext, resource, given, Cancellation));

        given.Keys.Any(name => name.StartsWith("Models__", StringComparison.Ordinal)).ShouldBe(expected);
        if (!expected)
            return;
        given["Models__Regions__0"].ShouldBe("eu");
        given["Budgets__Limits__0__Dollars"].ShouldBe("60");
        given["Models__Chat__gpt__Deployments__main__Provider"].ShouldBe("openai");
        (await SecretAsync("Models__Chat__gpt__Deployments__main__Keys__0")).ShouldBe("sk-first");
        (await SecretAsync("Models__Chat__gpt__Deployments__other__ApiKey")).ShouldBe("sk-second");

        async Task<string?> SecretAsync(string name)
        {
            var parameter = given[name].ShouldBeOfType<ParameterResource>();
            parameter.Secret.ShouldBeTrue();
            return await parameter.GetValueAsync(Cancellation);
        }
    }
}
