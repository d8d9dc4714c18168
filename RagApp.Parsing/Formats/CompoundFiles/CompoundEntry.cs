namespace RagApp.Parsing.Formats.CompoundFiles;

/// <summary>A storage (folder) or stream (file) of a compound file.</summary>
internal sealed class CompoundEntry(string name, bool isStorage, int firstSector, long size)
{
    private readonly Dictionary<string, CompoundEntry> _children = new(StringComparer.OrdinalIgnoreCase);

    public string Name => name;

    public bool IsStorage => isStorage;

    public int FirstSector => firstSector;

    public long Size => size;

    /// <summary>The entries inside a storage, by name.</summary>
    public IReadOnlyDictionary<string, CompoundEntry> Children => _children;

    public CompoundEntry? Find(string child) => _children.GetValueOrDefault(child);

    internal void Add(CompoundEntry child) => _children.TryAdd(child.Name, child);
}
