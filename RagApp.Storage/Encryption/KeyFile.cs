using System.Security.Cryptography;
using RagApp.Storage.FileSystem;
using RagApp.Storage.Sealing;

namespace RagApp.Storage.Encryption;

/// <summary>
/// Master keys in the data folder, <c>keys/encryption.key</c>: one per line, the current one first. Only the service's own user can read it.
/// It protects copies of the documents, and not the disk that it lies on itself.
/// </summary>
internal sealed class KeyFile(string dataPath)
{
    private readonly string _path = Path.Combine(dataPath, "keys", "encryption.key");

    /// <summary>The keys in the file; none when it does not exist.</summary>
    /// <exception cref="KeyUnavailableException">The file has something else.</exception>
    public IReadOnlyList<string> Read()
    {
        if (!File.Exists(_path))
            return [];
        var keys = File.ReadAllLines(_path).Where(line => line.Length > 0).ToList();
        return keys.Count > 0 && keys.TrueForAll(SealingKey.IsValid)
            ? keys
            : throw new KeyUnavailableException($"'{_path}' has no master keys: put the file back from a copy. Without its keys nothing that they encrypted can be read.");
    }

    /// <summary>The keys in the file, which is made with a new one when it does not exist.</summary>
    public IReadOnlyList<string> ReadOrCreate()
    {
        if (Read() is { Count: > 0 } keys)
            return keys;
        try
        {
            Write([NewKey()], overwrite: false);
        }
        catch (IOException) when (File.Exists(_path))
        {
            // another service was first
        }
        return Read();
    }

    /// <summary>Puts a new key before those of the file.</summary>
    public void Renew() => Write([NewKey(), .. Read()], overwrite: true);

    /// <summary>Removes all keys but the current one.</summary>
    public void KeepNewest() => Write([.. Read().Take(1)], overwrite: true);

    private static string NewKey() => Convert.ToBase64String(RandomNumberGenerator.GetBytes(SealingKey.Length));

    private void Write(IEnumerable<string> keys, bool overwrite)
    {
        var folder = Path.GetDirectoryName(_path)!;
        DurableFolder.Create(folder);
        var unfinished = Path.Combine(folder, Path.GetRandomFileName());
        var options = new FileStreamOptions { Mode = FileMode.CreateNew, Access = FileAccess.Write };
        if (!OperatingSystem.IsWindows())
            options.UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite;
        try
        {
            using (var file = new FileStream(unfinished, options))
            {
                using var writer = new StreamWriter(file, leaveOpen: true);
                foreach (var key in keys)
                    writer.WriteLine(key);
                writer.Flush();
                file.Flush(flushToDisk: true);
            }
            File.Move(unfinished, _path, overwrite);
            DurableFolder.Flush(folder);
        }
        finally
        {
            File.Delete(unfinished);
        }
    }
}
