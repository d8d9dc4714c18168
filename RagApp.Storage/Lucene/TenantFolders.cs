using System.Globalization;
using System.Text.Json;
using RagApp.Storage.Blobs;
using RagApp.Storage.FileSystem;
using RagApp.Storage.Index;

namespace RagApp.Storage.Lucene;

/// <summary>
/// Where a tenant's index lies: <c>DataPath/index/TENANT/GENERATION/</c>, the tenant's name encoded, generations
/// counted from 1; <c>current.json</c> beside them says which one answers and is replaced in one step. An index from
/// before there were generations lies in the tenant's folder itself; nothing reads its format any more, and under the
/// id <c>.</c> it is only removed.
/// </summary>
internal static class TenantFolders
{
    /// <summary>The id of an index that lies in the tenant's folder itself.</summary>
    private const string InPlace = ".";

    private const string Record = "current.json";

    public static string FolderOf(this StorageOptions options, string tenant) =>
        Path.Combine(options.IndexRoot(), KeySegment.Encode(tenant));

    public static string FolderOf(this StorageOptions options, string tenant, string generation) =>
        generation == InPlace ? options.FolderOf(tenant) : Path.Combine(options.FolderOf(tenant), generation);

    public static IEnumerable<string> Tenants(this StorageOptions options) =>
        Directory.Exists(options.IndexRoot())
            ? new DirectoryInfo(options.IndexRoot()).EnumerateDirectories().Select(folder => KeySegment.Decode(folder.Name))
            : [];

    /// <summary>The generation that answers; null when there is none.</summary>
    /// <exception cref="InvalidDataException">The record is damaged.</exception>
    public static IndexGeneration? CurrentOf(this StorageOptions options, string tenant)
    {
        var path = Path.Combine(options.FolderOf(tenant), Record);
        try
        {
            using var file = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.Read | FileShare.Delete);
            return JsonSerializer.Deserialize(file, StorageJson.Plain.IndexGeneration) ?? throw Damaged(path, inner: null);
        }
        catch (Exception exception) when (exception is FileNotFoundException or DirectoryNotFoundException)
        {
            return null;
        }
        catch (JsonException exception)
        {
            throw Damaged(path, exception);
        }
    }

    /// <summary>Writes the record so that it is seen old or new, and is durable when this returns.</summary>
    public static void SetCurrent(this StorageOptions options, string tenant, IndexGeneration generation)
    {
        var folder = options.FolderOf(tenant);
        DurableFolder.Create(folder);
        var path = Path.Combine(folder, Record);
        using (var file = new FileStream(path + ".new", FileMode.Create, FileAccess.Write, FileShare.None))
        {
            JsonSerializer.Serialize(file, generation, StorageJson.Plain.IndexGeneration);
            file.Flush(flushToDisk: true);
        }
        File.Move(path + ".new", path, overwrite: true);
        DurableFolder.Flush(folder);
    }

    /// <summary>Ids of the generations on disk, whatever state they are in.</summary>
    public static IEnumerable<string> GenerationsOf(this StorageOptions options, string tenant)
    {
        var folder = options.FolderOf(tenant);
        if (!Directory.Exists(folder))
            return [];
        var numbered = new DirectoryInfo(folder).EnumerateDirectories().Select(child => child.Name);
        return HasIndexInPlace(options, tenant) ? numbered.Append(InPlace) : numbered;
    }

    /// <summary>An id that no generation of the tenant has had.</summary>
    public static string NextGenerationOf(this StorageOptions options, string tenant, IndexGeneration? current)
    {
        var numbers = options.GenerationsOf(tenant).Append(current?.Id ?? InPlace)
            .Select(id => int.TryParse(id, NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? number : 0);
        return (numbers.Max() + 1).ToString(CultureInfo.InvariantCulture);
    }

    /// <summary>All that the tenant has; the record first, without which nothing answers.</summary>
    public static void Delete(this StorageOptions options, string tenant)
    {
        File.Delete(Path.Combine(options.FolderOf(tenant), Record));
        Directory.Delete(options.FolderOf(tenant), recursive: true);
    }

    /// <exception cref="IOException">A file is still open, where the system does not let go of open files.</exception>
    public static void Delete(this StorageOptions options, string tenant, string generation)
    {
        var folder = options.FolderOf(tenant, generation);
        if (!Directory.Exists(folder))
            return;
        if (generation != InPlace)
        {
            Directory.Delete(folder, recursive: true);
            return;
        }
        foreach (var file in Directory.EnumerateFiles(folder).Where(file => Path.GetFileName(file) != Record))
            File.Delete(file);
    }

    private static string IndexRoot(this StorageOptions options) => Path.Combine(options.DataPath, "index");

    private static bool HasIndexInPlace(StorageOptions options, string tenant) =>
        Directory.Exists(options.FolderOf(tenant)) && Directory.EnumerateFiles(options.FolderOf(tenant), "segments_*").Any();

    private static InvalidDataException Damaged(string path, Exception? inner) => new(
        $"'{path}' is damaged, and with it which generation of the index answers: run 'maintenance rebuild-index'.", inner);
}
