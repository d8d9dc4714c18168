using Microsoft.Extensions.DependencyInjection;
using RagApp.Contracts.Documents;
using RagApp.Storage.Documents.Manifests;
using RagApp.Storage.Queue;
using RagApp.Tests.TestServices;
using static RagApp.Tests.Ingestion.IngestionService;

namespace RagApp.Tests.Ingestion.Children;

/// <summary>Documents that contain other documents, in the real service.</summary>
internal static class ChildDocuments
{
    public static readonly (string, string)[] TwoAttachments = [("plan.txt", "The pangolin plan."), ("budget.md", "# Budget\n\nThe narwhal budget.")];

    public static async Task<DocumentInfo> UploadAsync(IngestionService service, string path, byte[] file, params string[] access)
    {
        var uploaded = await service.Documents.UploadAsync(Alice, Multipart(path, file, access), Cancellation);
        return await service.SettleAsync(Alice, uploaded.Id);
    }

    /// <summary>The documents inside a document, after the processing of all of them has ended.</summary>
    public static async Task<IReadOnlyList<DocumentInfo>> ChildrenAsync(IngestionService service, DocumentInfo parent)
    {
        await IdleAsync(service);
        return (await service.Documents.ListChildrenAsync(Alice, parent.Id, new(), null, 1_000, Cancellation)).Documents;
    }

    public static IManifestStore Documents(IngestionService service) => service.App.Services.GetRequiredService<IManifestStore>();

    public static Task IdleAsync(IngestionService service) => Eventually.HoldsAsync(async () =>
        await service.App.Services.GetRequiredService<IJobQueue>().GetDepthAsync(Cancellation) is { Waiting: 0, Running: 0, Delayed: 0 });
}
