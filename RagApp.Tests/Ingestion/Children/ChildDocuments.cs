using Microsoft.Extensions.DependencyInjection;
using RagApp.Contracts.Documents;
using RagApp.Storage.Documents.Manifests;
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
        await service.IdleAsync();
        return (await service.Documents.ListChildrenAsync(Alice, parent.Id, new(), null, 1_000, Cancellation)).Documents;
    }

    public static IManifestStore Documents(IngestionService service) => service.App.Services.GetRequiredService<IManifestStore>();
}
