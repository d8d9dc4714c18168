using Lucene.Net.Documents;
using Lucene.Net.Index;
using Lucene.Net.Store;
using Directory = System.IO.Directory;

namespace RagApp.Storage.Lucene.Writing;

/// <summary>
/// Indexes a large document's chunks in a folder of their own below the index, from which the index takes the files as they
/// are. Indexing many chunks in the index itself would delay the next commit, and with it a revocation.
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
            writer.AddDocuments(chunks); // as one block, since the access list is at the first chunk
        }
        catch
        {
            Dispose();
            throw;
        }
    }

    public FSDirectory Files => _directory;

    /// <summary>Removes folders that an interrupted process left below an index.</summary>
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
