using RagApp.Storage.Blobs;

namespace RagApp.Storage.Lucene;

/// <summary>Where a tenant's index is: <c>DataPath/index/TENANT</c>, the name encoded.</summary>
internal static class TenantFolders
{
    public static string IndexOf(this StorageOptions options, string tenant) =>
        Path.Combine(options.DataPath, "index", KeySegment.Encode(tenant));
}
