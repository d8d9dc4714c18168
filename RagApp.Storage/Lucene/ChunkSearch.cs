using System.Collections.Frozen;
using System.Text.Json;
using Lucene.Net.Search;
using RagApp.Storage.Analysis;
using RagApp.Storage.Index;

namespace RagApp.Storage.Lucene;

/// <summary>One search: the two lists, each completed with its score for what the other found.</summary>
/// <param name="allowed">What may be found.</param>
/// <param name="readable">What the asker may read, by which words are rare or frequent.</param>
internal sealed class ChunkSearch(IndexSearcher searcher, AllowedChunks allowed, ReadableTerms readable, ITextAnalysis analysis)
{
    public ChunkCandidates Find(ChunkQuery query)
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

    /// <summary>The list with its own scores for the chunks that only the other one found, best first.</summary>
    private static List<(int Chunk, double Score)> Complete(
        List<(int Chunk, double Score)> list, List<(int Chunk, double Score)> other, Func<List<int>, List<(int Chunk, double Score)>> score)
    {
        var missing = other.Select(found => found.Chunk).Except(list.Select(found => found.Chunk)).Order().ToList();
        return missing.Count == 0 ? list : [.. list.Concat(score(missing)).OrderByDescending(found => found.Score).ThenBy(found => found.Chunk)];
    }

    private FoundChunk ReadChunk(int chunk)
    {
        var stored = searcher.Doc(chunk).GetBinaryValue(Fields.Chunk);
        return JsonSerializer.Deserialize(stored.Bytes.AsSpan(stored.Offset, stored.Length), StorageJson.Plain.FoundChunk)!;
    }
}
