using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Diagnostics.HealthChecks;
using Microsoft.Extensions.Hosting;
using Qdrant.Client;
using RagApp.Tests.TestServices.Qdrant;

namespace RagApp.Tests.Storage.Qdrant;

/// <summary>The code in Qdrant/AspireClient, which replaces the package Aspire.Qdrant.Client, behaves as the package does.</summary>
public sealed class AspireQdrantTests
{
    [Theory]
    [InlineData("ConnectionStrings:qdrant", "Endpoint={0};Key=the-key")]
    [InlineData("Aspire:Qdrant:Client:Endpoint", "{0}")]
    public async Task AddQdrantClient_ServerNamed_GivesItsClientAndIsReadyWhileItAnswers(string setting, string text)
    {
        await using var server = await QdrantStandIn.StartAsync(Cancellation);
        server.Key = "the-key";
        using var host = Host((setting, string.Format(System.Globalization.CultureInfo.InvariantCulture, text, server.Address)), ("Aspire:Qdrant:Client:Key", "the-key"));

        (await host.Services.GetRequiredService<QdrantClient>().ListCollectionsAsync(Cancellation)).ShouldBeEmpty();
        (await CheckAsync(host)).ShouldBe(HealthStatus.Healthy);
        await server.StopAsync();
        (await CheckAsync(host)).ShouldBe(HealthStatus.Unhealthy);
    }

    [Fact]
    public void AddQdrantClient_NoServerNamed_SaysWhatIsMissing()
    {
        using var host = Host();
        Should.Throw<InvalidOperationException>(() => host.Services.GetRequiredService<QdrantClient>()).Message.ShouldContain("ConnectionStrings:qdrant");
    }

    private static IHost Host(params (string Key, string Value)[] settings)
    {
        var builder = Microsoft.Extensions.Hosting.Host.CreateEmptyApplicationBuilder(new HostApplicationBuilderSettings());
        builder.Configuration.AddInMemoryCollection(settings.ToDictionary(setting => setting.Key, setting => (string?)setting.Value));
        builder.Services.AddLogging();
        builder.AddQdrantClient("qdrant");
        return builder.Build();
    }

    private static async Task<HealthStatus> CheckAsync(IHost host) =>
        (await host.Services.GetRequiredService<HealthCheckService>().CheckHealthAsync(Cancellation)).Entries["Qdrant.Client"].Status;
}
