using System.Collections.Concurrent;
using System.Runtime.InteropServices;
using System.Security.Cryptography;
using System.Text;

namespace RagApp.Benchmarks.Retrieval;

/// <summary>Vectors of one model by the hash of their text, in an append-only file, so that each text is embedded only once.</summary>
internal sealed class EmbeddedTextFile : IDisposable
{
    private readonly ConcurrentDictionary<UInt128, float[]> _vectors = [];
    private readonly FileStream _file;
    private readonly Lock _writing = new();
    private readonly int _dimension;

    /// <summary>Opens the cache, and removes the incomplete record that an interrupted run may have left at its end.</summary>
    /// <param name="folder">Folder of the cache; created when it does not exist.</param>
    /// <exception cref="UsageException">Another run has the cache open.</exception>
    public EmbeddedTextFile(string folder, string model, int dimension)
    {
        _dimension = dimension;
        Directory.CreateDirectory(folder);
        _file = Open(Path.Combine(folder, $"{model}.vectors"));
        var record = new byte[RecordLength];
        while (_file.ReadAtLeast(record, record.Length, throwOnEndOfStream: false) == record.Length)
            _vectors[MemoryMarshal.Read<UInt128>(record)] = [.. MemoryMarshal.Cast<byte, float>(record.AsSpan(HashLength))];
        _file.SetLength(_vectors.Count * (long)RecordLength);
        _file.Position = _file.Length;
    }

    private const int HashLength = 16;

    private int RecordLength => HashLength + (_dimension * sizeof(float));

    public float[]? Find(string text) => _vectors.GetValueOrDefault(HashOf(text));

    public void Add(string text, float[] vector)
    {
        var hash = HashOf(text);
        if (!_vectors.TryAdd(hash, vector))
            return;
        var record = new byte[RecordLength];
        MemoryMarshal.Write(record, hash);
        MemoryMarshal.AsBytes(vector.AsSpan()).CopyTo(record.AsSpan(HashLength));
        lock (_writing)
            _file.Write(record);
    }

    public void Dispose() => _file.Dispose();

    private static FileStream Open(string path)
    {
        try
        {
            return new FileStream(path, FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None, bufferSize: 1 << 16);
        }
        catch (IOException exception)
        {
            throw new UsageException($"{path} cannot be opened, perhaps because another run has it: {exception.Message}");
        }
    }

    private static UInt128 HashOf(string text) => MemoryMarshal.Read<UInt128>(SHA256.HashData(Encoding.UTF8.GetBytes(text)));
}
