using System.Diagnostics;
using Aspire.Hosting.Run;
using Shouldly;
using Xunit;

namespace RagApp.Tests.LocalHosting;

/// <summary>What the local host does with running processes.</summary>
public sealed class LocalRunTests(TestApplication application) : IClassFixture<TestApplication>
{
    private static CancellationToken Cancelled => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Start_ServiceWithReferences_ProcessHasTheirAddresses()
    {
        await application.HealthyAsync();
        var store = application.Of("store").Single();
        var workers = application.Of("worker-service").ToArray();

        var environment = EnvironmentOf(workers[0].ProcessId!.Value);

        var storeUrl = store.Urls.Single(u => u.EndpointName == "http").Url;
        var storePort = store.Urls.Single(u => u.EndpointName == "tcp").Url.Split(':')[^1];
        environment["services__store__http__0"].ShouldBe(storeUrl);
        environment["STORE_HTTP"].ShouldBe(storeUrl);
        environment["ConnectionStrings__redis"].ShouldBe($"localhost:{storePort},password={TestApplication.Password}");
        environment["OTEL_EXPORTER_OTLP_ENDPOINT"].ShouldBe("http://localhost:1");
        environment["OTEL_EXPORTER_OTLP_HEADERS"].ShouldBe("x-otlp-api-key=telemetry-key");
        environment["OTEL_EXPORTER_OTLP_PROTOCOL"].ShouldBe("grpc");
        environment["OTEL_SERVICE_NAME"].ShouldBe("worker-service");
        workers[0].Name.ShouldBe($"worker-service-{environment["OTEL_RESOURCE_ATTRIBUTES"].Split('=')[1]}");
        environment["OTEL_TRACES_SAMPLER"].ShouldBe("always_on");
    }

    [Fact]
    public async Task Start_TwoReplicas_EachListensOnAPortOfItsOwnBehindOne()
    {
        await application.HealthyAsync();
        var workers = application.Of("worker-service").ToArray();

        workers.Length.ShouldBe(2);
        workers.Select(w => w.Environment["ASPNETCORE_URLS"]).Distinct().Count().ShouldBe(2);
        workers.Select(w => w.Environment["Cache__Port"]).Distinct().Count().ShouldBe(2);
        var shared = workers.Select(w => w.Urls.Single(u => u.EndpointName == "http").Url).Distinct().ShouldHaveSingleItem();
        workers.ShouldAllBe(w => w.Environment["ASPNETCORE_URLS"] != shared);
    }

    [Fact]
    public async Task WaitFor_DependencyWithHealthCheck_StartsAfterItIsHealthy()
    {
        await application.HealthyAsync();
        var store = application.Of("store").Single();

        application.Of("worker-service").ShouldAllBe(w => w.Relationships.Contains(new ResourceRelationship("store", "WaitFor")));
        application.Of("worker-service").ShouldAllBe(w => w.StartedAt > store.StartedAt);
        store.IsHealthy.ShouldBeTrue();
    }

    [Fact]
    public async Task Crash_OneReplica_OtherAnswersAndItStartsAgain()
    {
        await application.HealthyAsync();
        var victim = application.Of("worker-service").First();
        var url = new Uri(victim.Urls.Single(u => u.EndpointName == "http").Url + "/health");

        using (var process = Process.GetProcessById(victim.ProcessId!.Value))
            process.Kill();
        await application.Resources.WaitAsync("worker-service", s => s.Name != victim.Name || s.ProcessId != victim.ProcessId, Cancelled);

        for (var i = 0; i < 4; i++)
        {
            using var http = new HttpClient();
            (await http.GetAsync(url, Cancelled)).IsSuccessStatusCode.ShouldBeTrue();
        }

        await application.HealthyAsync();
        var again = application.Of("worker-service").Single(w => w.Name == victim.Name);
        again.ProcessId.ShouldNotBe(victim.ProcessId);
        var lines = await application.Instances.Find(victim.Name)!.Logs.WatchAsync(follow: false, Cancelled).FirstAsync(Cancelled);
        lines.ShouldContain(l => l.Text.Contains("starts again in 1 s", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Restart_ByCommand_NewProcessOfTheSameInstance()
    {
        await application.HealthyAsync();
        var before = application.Of("worker-service").Last();
        var instance = application.Instances.Find(before.Name)!;

        await instance.StopAsync();
        var stopped = application.Of("worker-service").Single(w => w.Name == before.Name);
        await instance.StartAsync();
        await application.HealthyAsync();

        stopped.State.ShouldBe(ResourceState.Finished);
        stopped.ProcessId.ShouldBeNull();
        application.Of("worker-service").Single(w => w.Name == before.Name).ProcessId.ShouldNotBe(before.ProcessId);
    }

    private static Dictionary<string, string> EnvironmentOf(int processId)
    {
        Assert.SkipUnless(OperatingSystem.IsLinux() && Environment.IsPrivilegedProcess, "Reads the environment of a service from /proc, which only root can.");
        return File.ReadAllText($"/proc/{processId}/environ").Split('\0', StringSplitOptions.RemoveEmptyEntries)
            .Select(v => v.Split('=', 2)).ToDictionary(v => v[0], v => v[1]);
    }
}
