using System.Net;
using System.Net.Http.Json;
using System.Security.Cryptography;
using System.Text;
using Microsoft.Extensions.Options;
using RagApp.Contracts;
using RagApp.Contracts.Answers;
using RagApp.Tests.TestServices.FakeProvider;

namespace RagApp.Tests.Gateway;

/// <summary>Answers for a tenant that is bound to a region.</summary>
public sealed class ModelRegionTests
{
    private const string Key = "key-of-a-european";

    [Fact]
    public async Task Start_KeysOfATenantWithOneRegion_Starts()
    {
        await using var _ = await GatewayUnderTest.StartAsync(Cancellation, settings: [.. KeyOf(0, "eu"), .. KeyOf(1, "EU")]);
    }

    [Theory]
    [InlineData("us")]
    [InlineData(null)]
    public async Task Start_KeysOfATenantWithDifferentRegions_IsRefused(string? region) =>
        (await Should.ThrowAsync<OptionsValidationException>(() => GatewayUnderTest.StartAsync(Cancellation, settings: [.. KeyOf(0, "eu"), .. KeyOf(1, region)])))
            .Message.ShouldContain("ApiKeys:N:Region");

    [Theory]
    [InlineData("eu", HttpStatusCode.OK)]
    [InlineData("us", HttpStatusCode.UnavailableForLegalReasons)]
    public async Task Answer_TenantBoundToARegion_ReachesOnlyADeploymentThere(string region, HttpStatusCode expected)
    {
        await using var provider = await FakeModelProvider.StartAsync(Cancellation);
        await using var search = await AnswerFixture.SearchAsync(Cancellation, AnswerFixture.Passage("leave", "Every employee has 30 days of paid leave per year."));
        await using var gateway = await GatewayUnderTest.StartAsync(Cancellation, search: search, settings:
        [
            .. KeyOf(0, "eu"),
            "--Models:Chat:main:Deployments:only:Provider=openai", $"--Models:Chat:main:Deployments:only:Endpoint={provider.Endpoint}",
            "--Models:Chat:main:Deployments:only:ApiKey=sk-test", $"--Models:Chat:main:Deployments:only:Region={region}",
        ]);
        using var client = gateway.Client(Key);

        using var response = await client.PostAsJsonAsync("v1/answers", new AnswerRequest("How many days of paid leave are there?"), ContractsJson.Default.AnswerRequest, Cancellation);

        response.StatusCode.ShouldBe(expected, await response.Content.ReadAsStringAsync(Cancellation));
        provider.Requests.IsEmpty.ShouldBe(expected != HttpStatusCode.OK);
        if (expected != HttpStatusCode.OK)
            (await response.Content.ReadAsStringAsync(Cancellation)).ShouldContain("has no deployment in the region eu");
    }

    private static string[] KeyOf(int index, string? region) =>
    [
        $"--ApiKeys:{index}:Hash={Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(Key)))}",
        $"--ApiKeys:{index}:Tenant=acme", $"--ApiKeys:{index}:Subject=alice",
        .. region is null ? Array.Empty<string>() : [$"--ApiKeys:{index}:Region={region}"],
    ];
}
