using Microsoft.Extensions.Options;
using RagApp.Storage.S3;

namespace RagApp.Storage.Encryption;

/// <summary>
/// The master keys of this installation, the current one first: those of <see cref="EncryptionOptions"/>, else those of the
/// <see cref="KeyFile"/> when the documents are in a folder.
/// </summary>
internal sealed class MasterKeys(IOptions<EncryptionOptions> options, IOptions<StorageOptions> storage, IOptions<S3Options> bucket)
{
    /// <summary>True when a file of the data folder has the keys; false when they are configured, or when there are none.</summary>
    public bool AreInFile => options.Value.Key.Length == 0 && !bucket.Value.IsConfigured;

    /// <summary>The file that has the keys; null when none has them.</summary>
    public KeyFile? File => AreInFile ? new KeyFile(storage.Value.DataPath) : null;

    /// <summary>All keys that are there, the current one first; none when there are none yet.</summary>
    public IReadOnlyList<MasterKey> Find() => [.. Configured(file => file.Read()).Select(key => new MasterKey(key))];

    /// <summary>The current key, which is made when a file is to have it; null for a bucket without a configured key.</summary>
    public MasterKey? Current() => Configured(file => file.ReadOrCreate()).Select(key => new MasterKey(key)).FirstOrDefault();

    private IEnumerable<string> Configured(Func<KeyFile, IReadOnlyList<string>> read) =>
        File is { } file ? read(file) : options.Value.Key.Length > 0 ? options.Value.OldKeys.Prepend(options.Value.Key) : [];
}
