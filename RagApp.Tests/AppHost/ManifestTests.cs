using System.Text.Json.Nodes;

namespace RagApp.Tests.AppHost;

/// <summary>The committed Aspire manifest equals the manifest that the application model generates.</summary>
public sealed class ManifestTests
{
    private static readonly string Committed = Path.Combine(Repository.Root, "aspire-manifest.json");

    [Fact]
    public async Task Publish_Manifest_EqualsTheCommittedFile() =>
        JsonNode.DeepEquals(await PublishAsync(), Read()).ShouldBeTrue(
            "Write it again: dotnet run --project RagApp.AppHost -- --publisher manifest --output-path aspire-manifest.json (from the root)");

    [Fact]
    public async Task Publish_DocumentsOnS3_PassesParametersAndNoSecret()
    {
        var resources = (await PublishAsync("--Stores:Documents=s3", "--Stores:S3:SecretKey=not-to-be-written"))["resources"]!;

        var environment = resources["document-ingestion"]!["env"]!;
        environment["Storage__S3__SecretKey"]!.GetValue<string>().ShouldBe("{s3-secret-key.value}");
        environment["Storage__S3__Endpoint"]!.GetValue<string>().ShouldBe("{s3-endpoint.value}");
        resources["s3-secret-key"]!["inputs"]!["value"]!["secret"]!.GetValue<bool>().ShouldBeTrue();
        resources["query-router"]!["env"]!["Storage__S3__Bucket"]!.GetValue<string>().ShouldBe("{s3-bucket.value}", "glossaries are beside the documents");
        resources["api-gateway"]!["env"]!["Storage__S3__Bucket"]!.GetValue<string>().ShouldBe("{s3-bucket.value}", "the usage journal is beside the documents");
        resources.ToJsonString().ShouldNotContain("not-to-be-written");
    }

    [Fact]
    public async Task Publish_DocumentsInAFolder_IsRefused()
    {
        var (exitCode, output) = await AppHostCommand.RunAsync("--publisher", "manifest", "--output-path", Path.Combine(Path.GetTempPath(), "never-written.json"), "--Stores:Documents=folder");

        exitCode.ShouldBe(1);
        output.ShouldContain("share no folder");
    }

    [Fact]
    public async Task Publish_Unstructured_IsAContainerThatTheIngestionKnows()
    {
        var resources = (await PublishAsync("--Unstructured:Enabled=true"))["resources"]!;

        resources["unstructured"]!["image"]!.GetValue<string>().ShouldMatch("unstructured-api:[0-9.]+$");
        resources["document-ingestion"]!["env"]!["Parser__LegacyOffice__Endpoint"]!.GetValue<string>().ShouldBe("{unstructured.bindings.http.url}");
    }

    [Fact]
    public void Committed_Stores_AreContainersAndNeverTheStandIns()
    {
        var resources = Read()["resources"]!.AsObject();

        resources["redis"]!["type"]!.GetValue<string>().ShouldBe("container.v0");
        resources["qdrant"]!["type"]!.GetValue<string>().ShouldBe("container.v0");
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

        secrets.Keys.ShouldBe(["redis-password", "qdrant-api-key", "s3-access-key", "s3-secret-key", "identity-signing-key", "audit-signing-key", "encryption-key", "chat-api-key", "backup-access-key", "backup-secret-key"], ignoreOrder: true);
        secrets.Values.ShouldAllBe(input => input["default"] == null || input["default"]!["value"] == null);
    }

    /// <summary>Generates a manifest next to the committed file, because the paths in a manifest are relative to it.</summary>
    private static async Task<JsonNode> PublishAsync(params string[] settings)
    {
        var path = Path.Combine(Repository.Root, $"aspire-manifest.{Guid.NewGuid():N}.json");
        try
        {
            var (exitCode, output) = await AppHostCommand.RunAsync(["--publisher", "manifest", "--output-path", path, .. settings]);
            exitCode.ShouldBe(0, output);
            return JsonNode.Parse(await File.ReadAllTextAsync(path, TestContext.Current.CancellationToken))!;
        }
        finally
        {
            File.Delete(path);
        }
    }

    private static JsonNode Read() => JsonNode.Parse(File.ReadAllText(Committed))!;
}
