using System.Text.Json.Nodes;
using Shouldly;
using Xunit;

namespace RagApp.Tests.AppHost;

/// <summary>The committed manifest is the one the model gives.</summary>
public sealed class ManifestTests
{
    private static readonly string Committed = Path.Combine(Repository.Root, "aspire-manifest.json");

    [Fact]
    public async Task Publish_Manifest_EqualsTheCommittedFile()
    {
        // Beside the committed one, because a manifest's paths are relative to it.
        var path = Path.Combine(Repository.Root, $"aspire-manifest.{Guid.NewGuid():N}.tmp");
        try
        {
            var (exitCode, output) = await AppHostCommand.RunAsync("--publisher", "manifest", "--output-path", path);

            exitCode.ShouldBe(0, output);
            JsonNode.DeepEquals(JsonNode.Parse(await File.ReadAllTextAsync(path, TestContext.Current.CancellationToken)), Read()).ShouldBeTrue(
                "Write it again: dotnet run --project RagApp.AppHost -- --publisher manifest --output-path aspire-manifest.json (from the root)");
        }
        finally
        {
            File.Delete(path);
        }
    }

    [Fact]
    public void Committed_Stores_AreContainersAndNeverTheStandIns()
    {
        var resources = Read()["resources"]!.AsObject();

        resources["redis"]!["type"]!.GetValue<string>().ShouldBe("container.v1");
        resources["qdrant"]!["type"]!.GetValue<string>().ShouldBe("container.v1");
        resources.ContainsKey("cache").ShouldBeFalse();
    }

    [Fact]
    public void Committed_OnlyTheGateway_IsReachableFromOutside()
    {
        var external = Read()["resources"]!.AsObject()
            .Where(r => r.Value!["bindings"]?.AsObject().Any(b => b.Value!["external"]?.GetValue<bool>() == true) == true)
            .Select(r => r.Key);

        external.ShouldBe(["api-gateway"]);
    }

    [Fact]
    public void Committed_SecretParameters_HaveNoValue()
    {
        var secrets = Read()["resources"]!.AsObject()
            .Where(r => r.Value!["inputs"]?["value"]?["secret"]?.GetValue<bool>() == true)
            .ToDictionary(r => r.Key, r => r.Value!["inputs"]!["value"]!);

        secrets.Keys.ShouldBe(["redis-password", "qdrant-api-key", "identity-signing-key", "chat-api-key"], ignoreOrder: true);
        secrets.Values.ShouldAllBe(input => input["default"] == null || input["default"]!["value"] == null);
    }

    private static JsonNode Read() => JsonNode.Parse(File.ReadAllText(Committed))!;
}
