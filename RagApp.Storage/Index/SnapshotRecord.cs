using System.Text.Json.Serialization.Metadata;
using RagApp.Storage.Blobs;
using RagApp.Storage.Documents;

namespace RagApp.Storage.Index;

/// <summary>
/// <c>snapshot.json</c> in a snapshot's folder: lists the parts of the snapshot with their checksums, and has a checksum
/// itself. It is written last, so that a folder without it is an unfinished snapshot.
/// </summary>
internal static class SnapshotRecord
{
    public const string FileName = "snapshot.json";

    public static async Task WriteAsync<T>(string folder, T record, JsonTypeInfo<T> type, CancellationToken cancellationToken)
    {
        await using var file = new FileStream(Path.Combine(folder, FileName), FileMode.CreateNew, FileAccess.Write);
        await SealedJson.Write(record, type).CopyToAsync(file, cancellationToken);
        file.Flush(flushToDisk: true);
    }

    /// <exception cref="InvalidDataException">The record is missing or damaged.</exception>
    public static async Task<T> ReadAsync<T>(string folder, JsonTypeInfo<T> type, CancellationToken cancellationToken)
    {
        var path = Path.Combine(folder, FileName);
        if (!File.Exists(path))
            throw new InvalidDataException($"There is no '{path}': this is no snapshot, or one that was not finished.");
        await using var file = File.OpenRead(path);
        try
        {
            return await SealedJson.ReadAsync(path, file, type, cancellationToken);
        }
        catch (CorruptBlobException exception)
        {
            throw new InvalidDataException($"The snapshot's record '{path}' is damaged: {exception.Problem}.", exception);
        }
    }
}
