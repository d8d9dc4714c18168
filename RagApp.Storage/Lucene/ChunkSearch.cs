using System.Text.Json;
using Lucene.Net.Index;
using Lucene.Net.Search;
using RagApp.Storage.Analysis;
using RagApp.Storage.Index;

namespace RagApp.Storage.Lucene;

/// <summary>One search: the two lists, each completed with its score for what the other found.</summary>
internal sealed class ChunkSearch(IndexSearcher searcher, AllowedChunks allowed, ITextAnalysis analysis)
{
    public ChunkCandidates Find(ChunkQuery query)
    {
        var words = query.Text is null ? null : KeywordQuery.Create(query.Text, LanguagesOf(searcher.IndexReader), analysis);
        var vector = query.Vector is { } asked ? new VectorScan(searcher.IndexReader, asked.Span, query.Model!, allowed) : null;
        var keyword = words is null ? [] : Best(words, allowed, query.Limit);
        var semantic = vector is null ? [] : vector.Nearest(query.Limit);
        var chunks = keyword.Concat(semantic).Select(found => found.Chunk).Distinct()
            .ToDictionary(chunk => chunk, ReadChunk);
        if (words is not null)
            keyword = Complete(keyword, semantic, missing => Best(words, AllowedChunks.Only(missing, searcher.IndexReader), missing.Count));
        if (vector is not null)
            semantic = Complete(semantic, keyword, vector.Score);
        return new ChunkCandidates(
            [.. keyword.Select(found => new ScoredChunk(chunks[found.Chunk], found.Score))],
            [.. semantic.Select(found => new ScoredChunk(chunks[found.Chunk], found.Score))]);
    }

    /// <summary>The list with its own scores for the chunks that only the other one found, best first.</summary>
    private static List<(int Chunk, double Score)> Complete(
        List<(int Chunk, double Score)> list, List<(int Chunk, double Score)> other, Func<List<int>, List<(int Chunk, double Score)>> score)
    {
        var missing = other.Select(found => found.Chunk).Except(list.Select(found => found.Chunk)).Order().ToList();
        return missing.Count == 0 ? list : [.. list.Concat(score(missing)).OrderByDescending(found => found.Score).ThenBy(found => found.Chunk)];
    }

    private List<(int Chunk, double Score)> Best(Query words, AllowedChunks among, int limit) =>
        [.. searcher.Search(words, among, limit).ScoreDocs.Select(found => (found.Doc, (double)found.Score))];

    private static HashSet<string> LanguagesOf(IndexReader reader) =>
        reader.Leaves
            .SelectMany(segment => segment.AtomicReader.FieldInfos)
            .Select(field => Fields.LanguageOf(field.Name))
            .OfType<string>()
            .ToHashSet(StringComparer.Ordinal);

    private FoundChunk ReadChunk(int chunk)
    {
        var stored = searcher.Doc(chunk).GetBinaryValue(Fields.Chunk);
        return JsonSerializer.Deserialize(stored.Bytes.AsSpan(stored.Offset, stored.Length), StorageJson.Plain.FoundChunk)!;
    }
}
