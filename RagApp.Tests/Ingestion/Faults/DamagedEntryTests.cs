using System.Diagnostics.Metrics;
using System.Net;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Diagnostics.Metrics.Testing;
using RagApp.Contracts.Documents;
using RagApp.Contracts.Http;
using RagApp.Storage.Blobs;
using RagApp.Tests.Ingestion.Maintenance;
using static RagApp.Tests.Ingestion.IngestionService;

namespace RagApp.Tests.Ingestion.Faults;

/// <summary>One flipped bit in the store damages only the document that contains it.</summary>
public sealed class DamagedEntryTests
{
    [Fact]
    public async Task Manifest_Damaged_CostsItsDocumentOnly()
    {
        await using var service = await StartAsync();
        var (damaged, fine) = await TwoDocumentsAsync(service);
        using var counted = new MetricCollector<long>(service.App.Services.GetRequiredService<IMeterFactory>(), Telemetry.Name, Telemetry.Metrics.Damaged);
        Flip(service, damaged, "manifest.json");

        (await Should.ThrowAsync<ApiException>(service.Documents.GetAsync(Alice, damaged.Id, Cancellation))).Status.ShouldBe(HttpStatusCode.InternalServerError);
        (await service.Documents.ListAsync(Alice, new(), null, null, Cancellation)).Documents.ShouldHaveSingleItem().Id.ShouldBe(fine.Id);
        (await service.Documents.LookUpAsync(Alice, new DocumentLookup([damaged.Path, fine.Path]), Cancellation)).Documents.Select(info => info?.Id).ShouldBe([null, fine.Id]);
        await service.IndexAsync(Alice, "new.md", "The okapi.", "public");
        counted.GetMeasurementSnapshot().Sum(measurement => measurement.Value).ShouldBe(1);
        await service.RestartAsync(); // the recovery skips the damaged document
        await service.IndexAsync(Alice, "newer.md", "The tapir.", "public");
    }

    [Fact]
    public async Task Content_Damaged_TextIsAnErrorAndAChangeOfAccessHolds()
    {
        await using var service = await StartAsync();
        var (damaged, _) = await TwoDocumentsAsync(service);
        FlipFile(Path.Combine(VersionOf(service, damaged), "content.json"));

        var refused = await Should.ThrowAsync<ApiException>(service.Documents.GetTextAsync(Alice, damaged.Id, Cancellation));
        refused.Status.ShouldBe(HttpStatusCode.InternalServerError);
        refused.Problem.Detail!.ShouldContain("damaged");

        await service.Documents.SetAccessAsync(Alice, damaged.Id, new AccessChange(["user:alice"]), Cancellation);
        // the revocation takes effect in spite of the damage
        (await service.SearchAsync(Bob, "animal")).ShouldHaveSingleItem().Path.ShouldBe("fine.md");
    }

    [Fact]
    public async Task Vectors_Damaged_NewVersionIsEmbeddedAnew()
    {
        await using var service = await StartAsync();
        var (damaged, _) = await TwoDocumentsAsync(service);
        FlipFile(Directory.EnumerateFiles(VersionOf(service, damaged), "vectors*").Single());

        var next = await service.IndexAsync(Alice, damaged.Path, "The damaged animal.\n\nAnd one more.");

        next.SearchableVersion.ShouldBe(2);
        next.Reused.ShouldBe(0);
    }

    [Fact]
    public async Task Original_DamagedBeforeItIsRead_FailsItsDocumentOnly()
    {
        await using var service = await StartAsync();
        service.Embeddings.Before = _ => Task.FromResult<IResult?>(Results.StatusCode(StatusCodes.Status503ServiceUnavailable));
        var damaged = await service.UploadAsync(Alice, "damaged.md", "The damaged animal.", "public");
        var original = Directory.EnumerateFiles(service.OriginalsOf("acme")).Single();
        var fine = await service.UploadAsync(Alice, "fine.md", "The fine animal.", "public");

        await service.RestartAsync(() =>
        {
            FlipFile(original);
            service.Embeddings.Before = _ => Task.FromResult<IResult?>(null);
            return Task.CompletedTask;
        });

        (await service.SettleAsync(Alice, fine.Id)).Status.ShouldBe(DocumentStatus.Indexed);
        var failed = await service.SettleAsync(Alice, damaged.Id);
        failed.Status.ShouldBe(DocumentStatus.Failed);
        failed.Reason!.ShouldContain("damaged");
    }

    private static async Task<(DocumentInfo Damaged, DocumentInfo Fine)> TwoDocumentsAsync(IngestionService service) =>
        (await service.IndexAsync(Alice, "damaged.md", "The damaged animal.", "public"), await service.IndexAsync(Alice, "fine.md", "The fine animal.", "public"));

    private static string FolderOf(IngestionService service, DocumentInfo document) =>
        Path.Combine(service.DataPath, "blobs", "tenants", "acme", "documents", document.Id);

    private static string VersionOf(IngestionService service, DocumentInfo document) =>
        Directory.EnumerateDirectories(FolderOf(service, document), "v1-*").Single();

    private static void Flip(IngestionService service, DocumentInfo document, string file) => FlipFile(Path.Combine(FolderOf(service, document), file));

    /// <summary>Flips one bit in the middle of the file, where its content is.</summary>
    private static void FlipFile(string path)
    {
        var bytes = File.ReadAllBytes(path);
        bytes[bytes.Length / 2] ^= 1;
        File.WriteAllBytes(path, bytes);
    }
}
