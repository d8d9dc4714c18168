using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Diagnostics.HealthChecks;
using Microsoft.Extensions.Options;
using RagApp.Storage;
using RagApp.Storage.Documents;
using RagApp.Storage.Documents.Manifests;
using RagApp.Storage.Index;
using RagApp.Storage.Qdrant;
using RagApp.Storage.Qdrant.Generations;
using RagApp.Tests.TestServices;

namespace RagApp.Tests.Storage;

public sealed class StorageOptionsTests
{
    [Theory]
    [InlineData("", "", "Storage:DataPath is missing")]
    [InlineData("data", "", "Storage:DataPath is 'data', a relative path")]
    [InlineData("/data", "http://localhost:6334/qdrant", "address 1 of 1 is wrong")]
    public async Task StartAsync_WrongSetting_StopsWithItsName(string dataPath, string qdrant, string sentence)
    {
        await using var services = Services(new() { ["Storage:DataPath"] = dataPath, ["Storage:Qdrant:Nodes"] = qdrant });
        var exception = Should.Throw<OptionsValidationException>(() => services.GetRequiredService<IStartupValidator>().Validate());
        exception.Message.ShouldContain(sentence);
    }

    [Fact]
    public async Task AddStorage_RightSettings_GivesEveryServiceAndIsReady()
    {
        using var folder = new TemporaryFolder();
        await using var services = Services(new() { ["Storage:DataPath"] = Path.Combine(folder.Path, "new") });
        services.GetRequiredService<IStartupValidator>().Validate();
        services.GetRequiredService<IManifestStore>().ShouldNotBeNull();
        services.GetRequiredService<IChunkIndex>().ShouldNotBeNull();
        services.GetRequiredService<IChunkIndexWriter>().ShouldNotBeNull();

        var report = await services.GetRequiredService<HealthCheckService>().CheckHealthAsync(TestContext.Current.CancellationToken);
        report.Entries.ToDictionary(entry => entry.Key, entry => entry.Value.Status, StringComparer.Ordinal).ShouldBe(
            new Dictionary<string, HealthStatus>(StringComparer.Ordinal)
            {
                ["documents"] = HealthStatus.Healthy,
                ["index"] = HealthStatus.Healthy,
                ["index-writer"] = HealthStatus.Healthy,
            }, ignoreOrder: true);
    }

    [Fact]
    public async Task AddChunkIndex_QdrantNamed_IsUsedAndNotReadyUntilItAnswers()
    {
        using var folder = new TemporaryFolder();
        await using var services = Services(new()
        {
            ["Storage:DataPath"] = folder.Path,
            ["Storage:Qdrant:Nodes"] = "http://127.0.0.1:2",
            ["Storage:Qdrant:Key"] = "secret",
            ["ConnectionStrings:redis"] = "127.0.0.1:1,connectTimeout=100",
        });
        services.GetRequiredService<IStartupValidator>().Validate();
        services.GetRequiredService<IChunkIndex>().ShouldBeOfType<QdrantChunkIndex>();
        services.GetRequiredService<IChunkIndexWriter>().ShouldBeOfType<QdrantChunkIndexWriter>();
        services.GetRequiredService<IIndexGenerations>().ShouldBeOfType<QdrantGenerations>();

        var report = await services.GetRequiredService<HealthCheckService>().CheckHealthAsync(TestContext.Current.CancellationToken);
        foreach (var check in new[] { "index", "index-writer" })
        {
            report.Entries[check].Status.ShouldBe(HealthStatus.Unhealthy);
            report.Entries[check].Description.ShouldNotBeNull().ShouldNotContain("secret");
        }
    }

    private static ServiceProvider Services(Dictionary<string, string?> settings) =>
        new ServiceCollection()
            .AddSingleton<IConfiguration>(new ConfigurationBuilder().AddInMemoryCollection(settings).Build())
            .AddLogging()
            .AddDocumentStore()
            .AddChunkIndex()
            .AddChunkIndexWriter()
            .BuildServiceProvider();
}
