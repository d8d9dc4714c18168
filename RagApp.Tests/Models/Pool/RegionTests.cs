using CsCheck;
using Microsoft.Extensions.Options;
using RagApp.Models.Errors;
using RagApp.Models.Pool;
using RagApp.Tests.TestServices.FakeProvider;

namespace RagApp.Tests.Models.Pool;

/// <summary>Text of a caller bound to a region reaches only deployments of that region.</summary>
public sealed class RegionTests
{
    private static readonly string?[] Regions = ["eu", "EU", "us", null];

    private static readonly Gen<string?> AnyRegion = Gen.Int[0, Regions.Length - 1].Select(index => Regions[index]);

    [Fact]
    public void Grant_OutsideTheRegion_IsImpossible()
    {
        using var host = PoolHost.Start(PoolHost.Unused("american", ("Region", "us")));
        var deployment = new Deployment("american", ModelProvider.OpenAI, new Uri("http://127.0.0.1:1"), "any") { Region = "us" };
        var upstream = new Upstream(deployment, new DeploymentKey(1, "sk-any"), new CircuitBreaker("any"));
        using var pool = new ModelPool("any", host.Pool.Services);

        Should.Throw<InvalidOperationException>(() => DeploymentLease.Grant(
            pool, upstream, new LeaseRequest(PoolHost.Caller(region: "eu"), 1, [], Suits: null), TimeSpan.Zero));
        upstream.InFlight.ShouldBe(0);
    }

    [Fact]
    public Task Lease_AnyDeploymentsCallersAndFailures_IsInTheCallersRegion() =>
        Gen.Select(AnyRegion.Array[1, 6], Gen.Select(AnyRegion, Gen.Int[0, 3], Gen.Bool).Array[1, 30])
            .SampleAsync(async (deployments, calls) =>
            {
                using var host = PoolHost.Start(
                [
                    .. deployments.Index().SelectMany(deployment => PoolHost.Unused($"d{deployment.Index}",
                    [
                        ("RequestsPerMinute", "5"), ("Tier", $"{deployment.Index % 2}"),
                        .. deployment.Item is null ? Array.Empty<(string, string)>() : [("Region", deployment.Item)],
                    ])),
                    ("Models:Pool:InteractiveWait", "00:00:00"),
                ]);
                foreach (var (region, retries, fails) in calls)
                    await CheckAsync(host, region, retries, fails);
            }, iter: 40);

    [Fact]
    public async Task GetResponse_DeploymentsOfTheRegionFail_NeverGoesElsewhere()
    {
        await using var european = await FakeModelProvider.StartAsync(Cancellation);
        await using var american = await FakeModelProvider.StartAsync(Cancellation);
        european.Behaviour = ProviderBehaviour.Failing;
        using var host = PoolHost.Start(
        [
            .. PoolHost.Deployment("european", european, ("Region", "eu")),
            .. PoolHost.Deployment("american", american, ("Region", "us")), .. PoolHost.Deployment("anywhere", american),
        ]);

        for (var i = 0; i < 5; i++)
            await Should.ThrowAsync<ModelException>(() => host.AskAsync(Cancellation, PoolHost.Caller(region: "eu")));

        american.Requests.ShouldBeEmpty();
        (await host.AskAsync(Cancellation, PoolHost.Caller(region: "us"))).Text.ShouldBe(FakeModelProvider.Answer);
    }

    [Fact]
    public async Task GetResponse_RegionWithoutDeployment_IsRefusedWithTheWayOut()
    {
        using var host = PoolHost.Start(PoolHost.Unused("european", ("Region", "eu")));

        var failure = await Should.ThrowAsync<ModelException>(() => host.AskAsync(Cancellation, PoolHost.Caller(region: "ch")));

        failure.Error.ShouldBe(ModelError.OutOfRegion);
        failure.Message.ShouldContain("region ch");
    }

    [Theory]
    [InlineData("eu")]
    [InlineData("Eu")]
    public void Start_EveryRegionHasADeployment_Starts(string region) =>
        PoolHost.Start([.. PoolHost.Unused("european", ("Region", region)), ("Models:Regions:0", "eu")]).Models.Model.ShouldNotBeNull();

    [Fact]
    public void Start_RegionWithoutDeployment_IsRefused() =>
        Should.Throw<OptionsValidationException>(() => PoolHost.Start([.. PoolHost.Unused("european", ("Region", "eu")), ("Models:Regions:0", "eu"), ("Models:Regions:1", "us")]).Models.Model)
            .Message.ShouldContain($"Models:Chat:{PoolHost.Model}:Deployments has no deployment in the region us of Models:Regions");

    [Fact]
    public void Start_OldSectionOutsideTheRegions_IsRefused() =>
        Should.Throw<OptionsValidationException>(() => PoolHost.Start(("Chat:Endpoint", "http://127.0.0.1:1/v1"), ("Chat:Model", "old"), ("Models:Regions:0", "eu")).Models.Model)
            .Message.ShouldContain("Chat:Region has no deployment in the region eu");

    private static async Task CheckAsync(PoolHost host, string? region, int retries, bool fails)
    {
        var tried = new List<DeploymentLease>();
        try
        {
            for (var i = 0; i <= retries && await host.Pool.LeaseAsync(PoolHost.Model, PoolHost.Caller(region: region), 100, tried, CancellationToken.None) is { } lease; i++)
            {
                tried.Add(lease);
                if (region is not null)
                    region.Equals(lease.Deployment.Region, StringComparison.OrdinalIgnoreCase).ShouldBeTrue();
                if (fails)
                    lease.Failed(new ModelException(ModelError.Unavailable, "any"));
                lease.Dispose();
            }
        }
        catch (ModelException)
        {
            // Refusals are fine: no text went anywhere.
        }
    }
}
