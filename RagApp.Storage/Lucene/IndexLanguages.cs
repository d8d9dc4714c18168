using Lucene.Net.Index;

namespace RagApp.Storage.Lucene;

/// <summary>The languages that an index has texts in: a question is analysed in each.</summary>
internal static class IndexLanguages
{
    public static IEnumerable<string> Of(IndexReader reader)
    {
        for (var languages = MultiFields.GetTerms(reader, Fields.Language)?.GetEnumerator(); languages?.MoveNext() == true;)
            yield return languages.Term.Utf8ToString();
    }
}
