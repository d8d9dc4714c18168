using Lucene.Net.Documents;
using Lucene.Net.Index;
using Lucene.Net.Store;
using Directory = System.IO.Directory;

namespace RagApp.Storage.Lucene;

/// <summary>
/// A document's chunks, indexed in a folder of their own below the index, which takes their files in as they are. A
/// commit waits for a block of chunks that is being indexed into the same index, and with it whoever revokes something;
/// it does not wait for this.
/// </summary>
internal sealed class PreparedDocument : IDisposable
{
    private const string Parent = "incoming";

    private readonly string _folder;
    private readonly FSDirectory _directory;

    public PreparedDocument(string index, IEnumerable<Document> chunks)
    {
        _folder = Path.Combine(index, Parent, Path.GetRandomFileName());
        Directory.CreateDirectory(_folder);
        _directory = FSDirectory.Open(_folder);
        try
        {
            using var writer = new IndexWriter(_directory, ChunkCodec.WriterConfig());
            writer.AddDocuments(chunks); // one block: the access list is beside the first chunk
        }
        catch
        {
            Dispose();
            throw;
        }
    }

    public FSDirectory Files => _directory;

    /// <summary>Removes what a process that ended in the middle has left below an index.</summary>
    public static void RemoveLeft(string index)
    {
        if (Directory.Exists(Path.Combine(index, Parent)))
            Directory.Delete(Path.Combine(index, Parent), recursive: true);
    }

    public void Dispose()
    {
        _directory.Dispose();
        Directory.Delete(_folder, recursive: true);
    }
}
