using System.Globalization;
using Lucene.Net.Index;
using Lucene.Net.Search;
using Lucene.Net.Util;
using RagApp.Storage.Index;

namespace RagApp.Storage.Lucene;

/// <summary>
/// Walks an index by document id: the terms of that field stand in order, so that no more than one document is in
/// memory at a time.
/// </summary>
internal static class IndexScan
{
    /// <summary>What <see cref="Fields.State"/> holds for a version.</summary>
    public static string StateOf(IndexedDocument document) =>
        string.Create(CultureInfo.InvariantCulture, $"{document.Version}:{IndexedVersion.FingerprintOf(document.Access)}");

    public static IEnumerable<IndexedVersion> Walk(DirectoryReader reader, string? documentId)
    {
        if (MultiFields.GetTerms(reader, Fields.Document) is not { } terms)
            yield break;
        var live = MultiFields.GetLiveDocs(reader);
        var states = MultiDocValues.GetSortedValues(reader, Fields.State);
        var models = MultiDocValues.GetSortedValues(reader, Fields.Model);
        var ids = terms.GetEnumerator();
        if (documentId is not null && !ids.SeekExact(new BytesRef(documentId)))
            yield break;
        DocsEnum? chunks = null;
        while (documentId is not null || ids.MoveNext())
        {
            var id = ids.Term.Utf8ToString();
            chunks = ids.Docs(live, chunks, DocsFlags.NONE);
            foreach (var version in Group(id, chunks, states, models))
                yield return version;
            if (documentId is not null)
                yield break;
        }
    }

    private static IEnumerable<IndexedVersion> Group(string id, DocsEnum chunks, SortedDocValues? states, SortedDocValues models)
    {
        var counts = new Dictionary<(string State, string Model), int>();
        var value = new BytesRef();
        int chunk;
        while ((chunk = chunks.NextDoc()) != DocIdSetIterator.NO_MORE_DOCS)
        {
            var kind = (Read(states, chunk, value), Read(models, chunk, value));
            counts[kind] = counts.GetValueOrDefault(kind) + 1;
        }
        return counts.Select(count => Of(id, count.Key.State, count.Key.Model, count.Value));
    }

    private static string Read(SortedDocValues? values, int chunk, BytesRef value)
    {
        if (values is null || values.GetOrd(chunk) < 0)
            return "";
        values.Get(chunk, value);
        return value.Utf8ToString();
    }

    private static IndexedVersion Of(string id, string state, string model, int chunks) =>
        state.Split(':') is [var version, var access]
            ? new IndexedVersion(id, int.Parse(version, CultureInfo.InvariantCulture), chunks, access, model)
            : new IndexedVersion(id, Version: 0, chunks, AccessFingerprint: "", model);
}
