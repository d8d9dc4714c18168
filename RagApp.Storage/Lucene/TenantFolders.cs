using System.Globalization;
using System.Text.Json;
using RagApp.Storage.Blobs;
using RagApp.Storage.FileSystem;
using RagApp.Storage.Index;

namespace RagApp.Storage.Lucene;

/// <summary>
/// The folders of a tenant's index: <c>DataPath/index/TENANT/GENERATION/</c>, with the tenant's name encoded and generations
/// numbered from 1. <c>current.json</c> beside them names the current generation and is replaced atomically. An index from
/// before generations existed is in the tenant's folder itself; its format is no longer read, and it has the id <c>.</c>
/// only to be removed.
/// </summary>
internal static class TenantFolders
{
    /// <summary>Id of an index in the tenant's folder itself.</summary>
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

    /// <summary>The current generation; null when there is none.</summary>
    /// <exception cref="InvalidDataException">The record is damaged.</exception>
    public static IndexGeneration? CurrentOf(this StorageOptions options, string tenant)
    {
        var path = Path.Combine(options.FolderOf(tenant), Record);
        try
        {
            using var file = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.Read | FileShare.Delete);
            return JsonSerializer.Deserialize(file, LuceneJson.Plain.IndexGeneration) ?? throw Damaged(path, inner: null);
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

    /// <summary>Replaces the record of the current generation atomically; durable when it returns.</summary>
    public static void SetCurrent(this StorageOptions options, string tenant, IndexGeneration generation)
    {
        var folder = options.FolderOf(tenant);
        DurableFolder.Create(folder);
        var path = Path.Combine(folder, Record);
        using (var file = new FileStream(path + ".new", FileMode.Create, FileAccess.Write, FileShare.None))
        {
            JsonSerializer.Serialize(file, generation, LuceneJson.Plain.IndexGeneration);
            file.Flush(flushToDisk: true);
        }
        File.Move(path + ".new", path, overwrite: true);
        DurableFolder.Flush(folder);
    }

    /// <summary>Ids of the generations on disk, complete or not.</summary>
    public static IEnumerable<string> GenerationsOf(this StorageOptions options, string tenant)
    {
        var folder = options.FolderOf(tenant);
        if (!Directory.Exists(folder))
            return [];
        var numbered = new DirectoryInfo(folder).EnumerateDirectories().Select(child => child.Name);
        return HasIndexInPlace(options, tenant) ? numbered.Append(InPlace) : numbered;
    }

    /// <summary>The next generation id: one more than the highest one on disk or in the record.</summary>
    public static string NextGenerationOf(this StorageOptions options, string tenant, IndexGeneration? current)
    {
        var numbers = options.GenerationsOf(tenant).Append(current?.Id ?? InPlace)
            .Select(id => int.TryParse(id, NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? number : 0);
        return (numbers.Max() + 1).ToString(CultureInfo.InvariantCulture);
    }

    /// <summary>Removes everything of the tenant's index; the record first, so that no search uses the rest.</summary>
    public static void Delete(this StorageOptions options, string tenant)
    {
        File.Delete(Path.Combine(options.FolderOf(tenant), Record));
        Directory.Delete(options.FolderOf(tenant), recursive: true);
    }

    /// <exception cref="IOException">A file is still open, on a system that does not delete open files.</exception>
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
        $"'{path}' is damaged, so that the current generation of the index is unknown: run 'maintenance rebuild-index'.", inner);
}
