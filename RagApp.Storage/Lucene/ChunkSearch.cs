using System.Collections.Frozen;
using System.Text.Json;
using Lucene.Net.Search;
using RagApp.Storage.Access;
using RagApp.Storage.Index;
using RagApp.Storage.Lucene.Access;
using RagApp.Storage.Lucene.Keywords;
using RagApp.Storage.Lucene.Vectors;
using RagApp.Text.Analysis;

namespace RagApp.Storage.Lucene;

/// <summary>One search: the keyword list and the dense list, each with its own score for the chunks that only the other list found.</summary>
/// <param name="allowed">The chunks that the search may find.</param>
/// <param name="readable">Term statistics of all chunks that the asker may read.</param>
internal sealed class ChunkSearch(IndexSearcher searcher, AllowedChunks allowed, ReadableTerms readable, ITextAnalysis analysis)
{
    /// <summary>Searches the chunks that a filter allows.</summary>
    public static ChunkCandidates Find(IndexSearcher searcher, ChunkQuery query, AccessFilter filter, ITextAnalysis analysis)
    {
        var readable = new AllowedChunks(searcher.IndexReader, filter, narrowing: null);
        var allowed = query.Filters is null ? readable : new AllowedChunks(searcher.IndexReader, filter, query.Filters);
        return new ChunkSearch(searcher, allowed, new ReadableTerms(searcher.IndexReader, readable), analysis).Find(query);
    }

    private ChunkCandidates Find(ChunkQuery query)
    {
        var words = query.Text is null ? null : new KeywordSearch(query.Text, searcher.IndexReader, readable, analysis);
        var vector = query.Vector is { } asked ? new VectorScan(searcher.IndexReader, asked.Span, query.Model!) : null;
        var keyword = words?.Best(query.Limit, allowed) ?? [];
        var semantic = vector?.Nearest(query.Limit, allowed) ?? [];
        var chunks = keyword.Concat(semantic).Select(found => found.Chunk).Distinct()
            .ToDictionary(chunk => chunk, ReadChunk);
        if (words is not null)
            keyword = Complete(keyword, semantic, words.Score);
        if (vector is not null)
            semantic = Complete(semantic, keyword, vector.Score);
        return new ChunkCandidates(
            [.. keyword.Select(found => new ScoredChunk(chunks[found.Chunk], found.Score))],
            [.. semantic.Select(found => new ScoredChunk(chunks[found.Chunk], found.Score))])
        {
            TermWeights = words?.TermWeights ?? FrozenDictionary<string, double>.Empty,
        };
    }

    /// <summary>The list with its own scores for the chunks that only the other list found, best first.</summary>
    private static List<(int Chunk, double Score)> Complete(
        List<(int Chunk, double Score)> list, List<(int Chunk, double Score)> other, Func<List<int>, List<(int Chunk, double Score)>> score)
    {
        var missing = other.Select(found => found.Chunk).Except(list.Select(found => found.Chunk)).Order().ToList();
        return missing.Count == 0 ? list : [.. list.Concat(score(missing)).OrderByDescending(found => found.Score).ThenBy(found => found.Chunk)];
    }

    private FoundChunk ReadChunk(int chunk)
    {
        var stored = searcher.Doc(chunk).GetBinaryValue(Fields.Chunk);
        return JsonSerializer.Deserialize(stored.Bytes.AsSpan(stored.Offset, stored.Length), LuceneJson.Plain.FoundChunk)!;
    }
}
