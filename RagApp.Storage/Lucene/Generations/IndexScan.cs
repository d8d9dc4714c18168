using System.Runtime.CompilerServices;
using Lucene.Net.Index;
using Lucene.Net.Search;
using Lucene.Net.Store;
using Lucene.Net.Util;
using RagApp.Storage.Index;
using RagApp.Storage.Lucene.Access;

namespace RagApp.Storage.Lucene.Generations;

/// <summary>
/// Lists the indexed versions of an index by document id. The terms of that field are sorted, so that only one document is
/// in memory at a time.
/// </summary>
internal sealed class IndexScan
{
    private readonly DirectoryReader _reader;
    private readonly NumericDocValues? _versions;
    private readonly SortedDocValues? _incarnations;
    private readonly SortedDocValues? _models;
    private readonly BinaryDocValues? _access;
    private readonly BytesRef _value = new();
    private BytesRef _standIn = new();
    private string _fingerprint = "";

    private IndexScan(DirectoryReader reader)
    {
        _reader = reader;
        _versions = MultiDocValues.GetNumericValues(reader, Fields.Version);
        _incarnations = MultiDocValues.GetSortedValues(reader, Fields.Incarnation);
        _models = MultiDocValues.GetSortedValues(reader, Fields.Model);
        _access = MultiDocValues.GetBinaryValues(reader, Fields.Access);
    }

    /// <summary>The indexed versions in a folder's last commit, of all documents by id, or of one document.</summary>
    public static async IAsyncEnumerable<IndexedVersion> ReadAsync(
        string folder, string? documentId, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        await Task.Yield(); // the scan is pure computation: it does not block the caller's thread
        using var directory = FSDirectory.Open(folder);
        using var reader = DirectoryReader.Open(directory);
        foreach (var version in new IndexScan(reader).Walk(documentId))
        {
            cancellationToken.ThrowIfCancellationRequested();
            yield return version;
        }
    }

    private IEnumerable<IndexedVersion> Walk(string? documentId)
    {
        if (MultiFields.GetTerms(_reader, Fields.Document) is not { } terms)
            yield break;
        var live = MultiFields.GetLiveDocs(_reader);
        var ids = terms.GetEnumerator();
        if (documentId is not null && !ids.SeekExact(new BytesRef(documentId)))
            yield break;
        DocsEnum? chunks = null;
        while (documentId is not null || ids.MoveNext())
        {
            var id = ids.Term.Utf8ToString();
            chunks = ids.Docs(live, chunks, DocsFlags.NONE);
            foreach (var version in Group(id, chunks))
                yield return version;
            if (documentId is not null)
                yield break;
        }
    }

    private IEnumerable<IndexedVersion> Group(string id, DocsEnum chunks)
    {
        var counts = new Dictionary<(string Incarnation, int Version, string Access, string Model), int>();
        int chunk;
        while ((chunk = chunks.NextDoc()) != DocIdSetIterator.NO_MORE_DOCS)
        {
            var kind = (ValueOf(_incarnations, chunk), (int)(_versions?.Get(chunk) ?? 0), FingerprintOf(chunk), ValueOf(_models, chunk));
            counts[kind] = counts.GetValueOrDefault(kind) + 1;
        }
        return counts.Select(count => new IndexedVersion(id, count.Key.Incarnation, count.Key.Version, count.Value, count.Key.Access, count.Key.Model));
    }

    /// <summary>Fingerprint of a chunk's access list; decoded only when it differs from the previous chunk's, which is rare.</summary>
    private string FingerprintOf(int chunk)
    {
        if (_access is null)
            return "";
        _access.Get(chunk, _value);
        if (!_standIn.BytesEquals(_value))
        {
            _standIn = BytesRef.DeepCopyOf(_value);
            _fingerprint = AccessLists.FingerprintIn(_value);
        }
        return _fingerprint;
    }

    private string ValueOf(SortedDocValues? values, int chunk)
    {
        if (values is null || values.GetOrd(chunk) < 0)
            return "";
        values.Get(chunk, _value);
        return _value.Utf8ToString();
    }
}
