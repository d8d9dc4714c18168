using System.Net;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Diagnostics.HealthChecks;
using RagApp.Contracts.Documents;
using RagApp.Contracts.Http;
using RagApp.Storage.S3;
using RagApp.Tests.TestServices.S3;
using static RagApp.Tests.Ingestion.IngestionService;

namespace RagApp.Tests.Ingestion;

/// <summary>The whole service with its documents in an S3 bucket.</summary>
public sealed class S3IngestionTests
{
    [Fact]
    public async Task Life_OfADocument_LeavesNothingButItsAuditInTheBucket()
    {
        await using var bucket = await S3StandIn.StartAsync(Cancellation);
        await using var service = await StartAsync(bucket.Settings);
        var first = await service.UploadAsync(Alice, "plan.txt", "The kiwi plan.", "public");
        (await service.SettleAsync(Alice, first.Id)).Status.ShouldBe(DocumentStatus.Indexed);
        await service.UploadAsync(Alice, "plan.txt", "The second kiwi plan.");
        (await service.SettleAsync(Alice, first.Id)).SearchableVersion.ShouldBe(2);
        await service.Documents.SetAccessAsync(Alice, first.Id, new AccessChange(["user:alice"]), Cancellation);

        (await service.SearchAsync(Bob, "kiwi")).ShouldBeEmpty();
        (await service.SearchAsync(Alice, "kiwi")).ShouldHaveSingleItem().Version.ShouldBe(2);
        await service.RestartAsync();
        (await service.Documents.GetTextAsync(Alice, first.Id, Cancellation)).Passages.ShouldHaveSingleItem().Text.ShouldContain("second kiwi");

        await service.Documents.DeleteAsync(Alice, first.Id, Cancellation);
        bucket.Objects.Keys.ShouldNotBeEmpty();
        bucket.Objects.Keys.ShouldAllBe(key => key.StartsWith("tenants/acme/journals/audit", StringComparison.Ordinal)); // the records and their chain
    }

    [Fact]
    public async Task Upload_OfManyParts_IsDownloadedToTheByte()
    {
        await using var bucket = await S3StandIn.StartAsync(Cancellation);
        await using var service = await StartAsync(bucket.Settings);
        var file = new byte[(2 * PartBuffer.PartBytes) + 17];
        Random.Shared.NextBytes(file);

        var info = await service.Documents.UploadAsync(Alice, Multipart("noise.bin", file), Cancellation);
        using var download = await service.Documents.GetOriginalAsync(Alice, info.Id, Cancellation);

        (await download.Content.ReadAsByteArrayAsync(Cancellation)).ShouldBe(file);
        bucket.Objects.UnfinishedUploads.ShouldBe(0);
    }

    [Fact]
    public async Task AnyChange_BucketRefuses_IsAnsweredWithServiceUnavailable()
    {
        await using var bucket = await S3StandIn.StartAsync(Cancellation);
        await using var service = await StartAsync(bucket.Settings);
        var info = await service.UploadAsync(Alice, "plan.txt", "The weka plan.", "public");
        (await service.SettleAsync(Alice, info.Id)).Status.ShouldBe(DocumentStatus.Indexed);
        bucket.Fault = _ => S3Fault.Refuse;

        var refusal = await Should.ThrowAsync<ApiException>(service.Documents.SetAccessAsync(Alice, info.Id, new AccessChange(["user:alice"]), Cancellation));

        refusal.Status.ShouldBe(HttpStatusCode.ServiceUnavailable);
        refusal.Message.ShouldNotContain(bucket.Address);
        bucket.Fault = _ => S3Fault.None;
        (await service.Documents.GetAsync(Bob, info.Id, Cancellation)).Access.ShouldBe(["public"]);
    }

    [Fact]
    public async Task Start_ServerIgnoresConditions_StopsAndSaysSo()
    {
        await using var bucket = await S3StandIn.StartAsync(Cancellation);
        bucket.Objects.Ignored.Add("If-Match");

        (await Should.ThrowAsync<S3Exception>(StartAsync(bucket.Settings))).Message.ShouldContain("Storage:S3:SingleWriter=true");
    }

    [Fact]
    public async Task Start_BucketIsMissing_StopsAndSaysSo()
    {
        await using var bucket = await S3StandIn.StartAsync(Cancellation);

        (await Should.ThrowAsync<S3Exception>(StartAsync([.. bucket.Settings, "--Storage:S3:Bucket=elsewhere"])))
            .Message.ShouldContain("Create the bucket 'elsewhere'");
    }

    [Fact]
    public async Task Start_ServerIsNotUpYet_IsReadyOnceItIs()
    {
        await using var bucket = await S3StandIn.StartAsync(Cancellation);
        bucket.Fault = _ => S3Fault.SlowDown;
        await using var service = await StartAsync(bucket.Settings);
        var health = service.App.Services.GetRequiredService<HealthCheckService>();

        var before = (await health.CheckHealthAsync(Cancellation)).Entries["documents"];
        bucket.Fault = _ => S3Fault.None;
        var after = (await health.CheckHealthAsync(Cancellation)).Entries["documents"];

        (before.Status, after.Status).ShouldBe((HealthStatus.Unhealthy, HealthStatus.Healthy));
        before.Description!.ShouldContain("503 SlowDown");
    }
}
