using Lucene.Net.Index;
using Lucene.Net.Store;
using Lucene.Net.Util;
using RagApp.Storage.Index;

namespace RagApp.Storage.Lucene;

/// <summary>An index from before there were generations: what its record would say is read off its chunks.</summary>
internal static class InPlaceIndex
{
    /// <summary>Null when nothing in it tells the model, as in an empty one.</summary>
    public static IndexGeneration? Describe(string folder)
    {
        ChunkCodec.Register();
        try
        {
            using var directory = FSDirectory.Open(folder);
            using var reader = DirectoryReader.Open(directory);
            return reader.Leaves.Select(leaf => Describe(leaf.AtomicReader)).FirstOrDefault(found => found is not null);
        }
        catch (Exception exception) when (exception is IOException or IndexNotFoundException)
        {
            return null; // it cannot be searched either
        }
    }

    private static IndexGeneration? Describe(AtomicReader segment)
    {
        var models = segment.GetSortedDocValues(Fields.Model);
        var vectors = segment.GetBinaryDocValues(Fields.Vector);
        if (models is null || vectors is null || segment.MaxDoc == 0)
            return null;
        var model = new BytesRef();
        var vector = new BytesRef();
        models.Get(0, model);
        vectors.Get(0, vector);
        return new IndexGeneration(TenantFolders.InPlace, model.Utf8ToString(), vector.Length / sizeof(float));
    }
}
